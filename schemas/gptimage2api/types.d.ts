/** Requests to GPT Image 2 API, catalog of 2026-11-20. Generated; do not edit. */

export type Model = "gpt-image-2" | "google/nano-banana" | "nano-banana-2" | "nano-banana-pro" | "kling/v2-1-standard" | "kling/v2-1-pro" | "kling/v2-1-master-text-to-video" | "sora-2-text-to-video" | "sora-2-pro-text-to-video" | "sora-2-image-to-video" | "hailuo/02-text-to-video-standard" | "hailuo/02-text-to-video-pro" | "hailuo/02-image-to-video-standard" | "hailuo/02-image-to-video-pro" | "veo3_fast" | "veo3" | "veo3_lite" | "wan/2-6-text-to-video" | "wan/2-6-image-to-video" | "bytedance/seedance-1.5-pro";

/** gpt-image-2, text_to_image */
export interface GPTImage2TextToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 20,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "gpt-image-2";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. */
  "aspectRatio"?: "auto" | "1:1" | "16:9" | "9:16" | "4:3" | "3:4" | "3:2" | "2:3" | "4:5" | "5:4" | "21:9";
  "resolution"?: never;
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 4 items. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** gpt-image-2, image_to_image */
export interface GPTImage2ImageToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 20,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "gpt-image-2";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. */
  "aspectRatio"?: "auto" | "1:1" | "16:9" | "9:16" | "4:3" | "3:4" | "3:2" | "2:3" | "4:5" | "5:4" | "21:9";
  "resolution"?: never;
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 4 items. */
  "inputImageUrls": [string, ...string[]];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** google/nano-banana, text_to_image */
export interface NanoBananaTextToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 5,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "google/nano-banana";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 10 items. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** google/nano-banana, image_to_image */
export interface NanoBananaImageToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 5,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "google/nano-banana";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 10 items. */
  "inputImageUrls": [string, ...string[]];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** nano-banana-2, text_to_image */
export interface NanoBanana2TextToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 20,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "nano-banana-2";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "1K" | "2K" | "4K";
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 14 items. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** nano-banana-2, image_to_image */
export interface NanoBanana2ImageToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 20,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "nano-banana-2";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "1K" | "2K" | "4K";
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 14 items. */
  "inputImageUrls": [string, ...string[]];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** nano-banana-pro, text_to_image */
export interface NanoBananaProGemini3TextToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 10,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "nano-banana-pro";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "2K" | "4K";
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 8 items. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** nano-banana-pro, image_to_image */
export interface NanoBananaProGemini3ImageToImage {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 10,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "nano-banana-pro";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "2K" | "4K";
  /** How many images to make. 'numOutputs' must be at least 1. 'numOutputs' must be at most 10. */
  "numOutputs"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** Steps the model takes. 'numInferenceSteps' must be at least 1. 'numInferenceSteps' must be at most 150. */
  "numInferenceSteps"?: number;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 8 items. */
  "inputImageUrls": [string, ...string[]];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** Generate image: POST /api/ai/image/generate */
export type ImageRequest =
  | GPTImage2TextToImage
  | GPTImage2ImageToImage
  | NanoBananaTextToImage
  | NanoBananaImageToImage
  | NanoBanana2TextToImage
  | NanoBanana2ImageToImage
  | NanoBananaProGemini3TextToImage
  | NanoBananaProGemini3ImageToImage;

/** kling/v2-1-standard, image_to_video */
export interface KlingV21StandardImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "kling/v2-1-standard";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls": [string];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** kling/v2-1-pro, image_to_video */
export interface KlingV21ProImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "kling/v2-1-pro";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls": [string];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** kling/v2-1-master-text-to-video, text_to_video */
export interface KlingV21MasterTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "kling/v2-1-master-text-to-video";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must be empty for this model. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** sora-2-text-to-video, text_to_video */
export interface Sora2TextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "sora-2-text-to-video";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "720p" | "1080p";
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10 | 20;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must be empty for this model. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** sora-2-pro-text-to-video, text_to_video */
export interface Sora2ProTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "sora-2-pro-text-to-video";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "720p" | "1080p";
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10 | 20;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must be empty for this model. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** sora-2-image-to-video, image_to_video */
export interface Sora2ImageToVideoImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "sora-2-image-to-video";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "720p" | "1080p";
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10 | 20;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls": [string];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** hailuo/02-text-to-video-standard, text_to_video */
export interface HailuoStandardTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "hailuo/02-text-to-video-standard";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must be empty for this model. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** hailuo/02-text-to-video-pro, text_to_video */
export interface HailuoProTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "hailuo/02-text-to-video-pro";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must be empty for this model. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** hailuo/02-image-to-video-standard, image_to_video */
export interface HailuoI2VStandardImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "hailuo/02-image-to-video-standard";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls": [string];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** hailuo/02-image-to-video-pro, image_to_video */
export interface HailuoI2VProImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "hailuo/02-image-to-video-pro";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls": [string];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** veo3_fast, text_to_video */
export interface Veo31FastTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "veo3_fast";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 8;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 3 items. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** veo3_fast, image_to_video */
export interface Veo31FastImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "veo3_fast";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 8;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 3 items. */
  "inputImageUrls": [string, ...string[]];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** veo3, text_to_video */
export interface Veo31QualityTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "veo3";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 8;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 2 items. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** veo3, image_to_video */
export interface Veo31QualityImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "veo3";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 8;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 2 items. */
  "inputImageUrls": [string, ...string[]];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** veo3_lite, text_to_video */
export interface Veo31LiteTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "veo3_lite";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 8;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 2 items. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** veo3_lite, image_to_video */
export interface Veo31LiteImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "veo3_lite";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  "resolution"?: never;
  /** Length of the clip in seconds. */
  "duration"?: 8;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 2 items. */
  "inputImageUrls": [string, ...string[]];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** wan/2-6-text-to-video, text_to_video */
export interface Wan26TextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "wan/2-6-text-to-video";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "720p" | "1080p";
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10 | 15;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must be empty for this model. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** wan/2-6-image-to-video, image_to_video */
export interface Wan26I2VImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "wan/2-6-image-to-video";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "720p" | "1080p";
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10 | 15;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls": [string];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** bytedance/seedance-1.5-pro, text_to_video */
export interface Seedance15ProTextToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "bytedance/seedance-1.5-pro";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "text_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "720p" | "1080p";
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls"?: [];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** bytedance/seedance-1.5-pro, image_to_video */
export interface Seedance15ProImageToVideo {
  /** What to generate. 'prompt' must have at least 1 character. 'prompt' must have at most 4,000 characters. */
  "prompt": string;
  /** Model that does the work; decides which other values are accepted. */
  "model": "bytedance/seedance-1.5-pro";
  /** Whether the clip starts from text or from a reference image. */
  "inputMode": "image_to_video";
  /** What to avoid; support depends on the model. 'negativePrompt' must have at most 2,000 characters. */
  "negativePrompt"?: string;
  /** Width in pixels. 'width' must be at least 64. 'width' must be at most 4,096. */
  "width"?: number;
  /** Height in pixels. 'height' must be at least 64. 'height' must be at most 4,096. */
  "height"?: number;
  /** Width to height of the result, such as 16:9. 'aspectRatio' must have at least 1 character. */
  "aspectRatio"?: string;
  /** Size class of the result. */
  "resolution"?: "720p" | "1080p";
  /** Length of the clip in seconds. */
  "duration"?: 5 | 10;
  /** Frames in one second of the clip. 'fps' must be at least 1. 'fps' must be at most 60. */
  "fps"?: number;
  /** Repeats a result; text, so that large seeds survive. */
  "seed"?: string;
  /** How closely the result follows the prompt. 'guidanceScale' must be at least 0. 'guidanceScale' must be at most 100. */
  "guidanceScale"?: number;
  /** How much the picture moves. 'motionStrength' must be at least 0. 'motionStrength' must be at most 100. */
  "motionStrength"?: number;
  /** How the camera moves. */
  "cameraMotion"?: string;
  /** Addresses of the images to start from. 'inputImageUrls' must have at most 1 item. */
  "inputImageUrls": [string];
  /** Passed to the provider unread. */
  "providerInput"?: { [key: string]: unknown };
}

/** Generate video: POST /api/ai/video/generate */
export type VideoRequest =
  | KlingV21StandardImageToVideo
  | KlingV21ProImageToVideo
  | KlingV21MasterTextToVideo
  | Sora2TextToVideo
  | Sora2ProTextToVideo
  | Sora2ImageToVideoImageToVideo
  | HailuoStandardTextToVideo
  | HailuoProTextToVideo
  | HailuoI2VStandardImageToVideo
  | HailuoI2VProImageToVideo
  | Veo31FastTextToVideo
  | Veo31FastImageToVideo
  | Veo31QualityTextToVideo
  | Veo31QualityImageToVideo
  | Veo31LiteTextToVideo
  | Veo31LiteImageToVideo
  | Wan26TextToVideo
  | Wan26I2VImageToVideo
  | Seedance15ProTextToVideo
  | Seedance15ProImageToVideo;

/** The request of each endpoint. */
export interface Requests {
  "image": ImageRequest;
  "video": VideoRequest;
}

export type Basis = "documented" | "inferred";

/** An amount: a number where one prints it exactly, else text. */
export type Amount = number | string;

/** One fault of a request; `path` is a JSON Pointer into it. */
export interface Violation {
  path: string;
  rule: string;
  message: string;
  limit: Amount | boolean | Array<string | number | boolean> | null;
  basis: Basis;
  source: string;
}

/** What a price depends on; null where the model has no such parameter. */
export interface Parameters {
  duration: string | number | boolean | null;
  resolution: string | number | boolean | null;
  outputs: number | null;
  audio: string | number | boolean | null;
}

/** One factor of a price; `multiplier` is exact text such as "1.47" or "5/3". */
export interface Line {
  factor: "base" | "duration" | "resolution" | "outputs" | "audio" | "custom";
  value: string | number | boolean | null;
  multiplier: string;
  basis: Basis;
  source: string;
}

/** What a request costs, in credits and US dollars; `exact` and `rounding` are exact text. */
export interface Quote {
  service: string;
  model: Model;
  credits: Amount;
  usd: Amount | null;
  parameters: Parameters;
  lines: Line[];
  exact: string;
  rounding: string;
  basis: Basis;
  notes: string[];
  sources: string[];
  catalog_version: string;
  fingerprint: string;
  layers: Layer[];
}

/** An overlay that a price was made under. */
export interface Layer {
  id: string;
  version: string;
  of: "product" | "charge";
  shows: "price" | "working";
}
