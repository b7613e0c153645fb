// Requests that must compile, and, after @ts-expect-error, requests with one fault each that must not.
import type { ImageRequest, VideoRequest } from "./gptimage2api.types";

const image = "https://example.com/a.png";
const text = { prompt: "a boat", inputMode: "text_to_video" } as const;
const moved = { prompt: "a boat", inputMode: "image_to_video" } as const;

// a resolution on kling, whose price has none
export const kling: VideoRequest = { ...moved, model: "kling/v2-1-standard", duration: 10, inputImageUrls: [image] };
// @ts-expect-error
export const klingIn720p: VideoRequest = { ...moved, model: "kling/v2-1-standard", duration: 10, inputImageUrls: [image], resolution: "720p" };

// durations are the tiers of the model's price
export const sora: VideoRequest = { ...text, model: "sora-2-text-to-video", duration: 20, resolution: "720p" };
// @ts-expect-error
export const soraOf15: VideoRequest = { ...text, model: "sora-2-text-to-video", duration: 15, resolution: "720p" };
export const wanOf15: VideoRequest = { ...text, model: "wan/2-6-text-to-video", duration: 15, resolution: "1080p" };
// @ts-expect-error
export const wanOf20: VideoRequest = { ...text, model: "wan/2-6-text-to-video", duration: 20, resolution: "1080p" };
// @ts-expect-error
export const soraOfText: VideoRequest = { ...text, model: "sora-2-text-to-video", duration: "20", resolution: "720p" };

// images on a text-only model
export const noImages: VideoRequest = { ...text, model: "sora-2-text-to-video", inputImageUrls: [] };
// @ts-expect-error
export const images: VideoRequest = { ...text, model: "sora-2-text-to-video", inputImageUrls: [image] };

// a missing image on an image-to-video model
export const wan: VideoRequest = { ...moved, model: "wan/2-6-image-to-video", inputImageUrls: [image] };
// @ts-expect-error
export const wanWithout: VideoRequest = { ...moved, model: "wan/2-6-image-to-video" };
// @ts-expect-error
export const wanWithNone: VideoRequest = { ...moved, model: "wan/2-6-image-to-video", inputImageUrls: [] };
// @ts-expect-error
export const wanFromText: VideoRequest = { ...text, model: "wan/2-6-image-to-video", inputImageUrls: [image] };

// a model with two modes
export const veo: VideoRequest = { ...text, model: "veo3" };
export const veoMoved: VideoRequest = { ...moved, model: "veo3", inputImageUrls: [image, image] };
// @ts-expect-error
export const veoWithout: VideoRequest = { ...moved, model: "veo3" };
// @ts-expect-error
export const veoOfNoMode: VideoRequest = { prompt: "a boat", model: "veo3" };
// @ts-expect-error
export const veoMovedText: VideoRequest = { ...text, model: "veo3", inputImageUrls: [image] };

// an unknown model, another endpoint's model, an unknown field, a missing prompt
// @ts-expect-error
export const soraThree: VideoRequest = { ...text, model: "sora-3" };
// @ts-expect-error
export const elsewhere: VideoRequest = { ...text, model: "gpt-image-2" };
// @ts-expect-error
export const misspelt: VideoRequest = { ...text, model: "veo3", aspectratio: "16:9" };
// @ts-expect-error
export const silent: VideoRequest = { inputMode: "text_to_video", model: "veo3" };

// images
export const picture: ImageRequest = { prompt: "a boat", model: "gpt-image-2", aspectRatio: "21:9", numOutputs: 10 };
export const edited: ImageRequest = { prompt: "a boat", model: "gpt-image-2", inputImageUrls: [image] };
// @ts-expect-error
export const wide: ImageRequest = { prompt: "a boat", model: "gpt-image-2", aspectRatio: "2:1" };
// @ts-expect-error
export const sized: ImageRequest = { prompt: "a boat", model: "gpt-image-2", resolution: "2K" };
export const pro: ImageRequest = { prompt: "a boat", model: "nano-banana-pro", resolution: "2K" };
// @ts-expect-error
export const small: ImageRequest = { prompt: "a boat", model: "nano-banana-pro", resolution: "1K" };

// the union is told apart by model and mode
export function seconds(request: VideoRequest): 5 | 10 | 20 | undefined {
  return request.model === "sora-2-text-to-video" ? request.duration : undefined;
}
export function first(request: VideoRequest): string | undefined {
  return request.inputMode === "image_to_video" ? request.inputImageUrls[0] : undefined;
}
