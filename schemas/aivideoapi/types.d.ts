/** Requests to AI Video API, catalog of 2026-11-20. Generated; do not edit. */

export type Model = "gpt-image-2";

/** gpt-image-2, text_to_image */
export interface GPTImage2TextToImage {
  /** Model that does the work. */
  "model": "gpt-image-2";
  /** What to generate and how. */
  "input": {
    /** What to generate or how to change the references. 'input.prompt' must have at most 20,000 characters. */
    "prompt": string;
    /** Addresses of the images to edit. 'input.image_urls' must have at most 16 items. */
    "image_urls"?: [];
    /** Width to height of the result. */
    "aspect_ratio"?: "auto" | "1:1" | "5:4" | "4:3" | "3:2" | "16:9" | "21:9" | "9:16" | "4:5" | "3:4" | "2:3" | "2:1" | "1:2" | "9:21";
    /** Size class of the result. */
    "resolution"?: "1k" | "2k";
    /** Whether the result is checked for unsafe content. */
    "nsfw_checker"?: true | false;
  };
  /** Address that is told when the task completes or fails. */
  "callback_url"?: string;
}

/** gpt-image-2, text_to_image */
export interface GPTImage2TextToImage2 {
  /** Model that does the work. */
  "model": "gpt-image-2";
  /** What to generate and how. */
  "input": {
    /** What to generate or how to change the references. 'input.prompt' must have at most 20,000 characters. */
    "prompt": string;
    /** Addresses of the images to edit. 'input.image_urls' must have at most 16 items. */
    "image_urls"?: [];
    /** Width to height of the result. */
    "aspect_ratio": "16:9" | "21:9" | "9:16" | "2:1" | "1:2" | "9:21";
    /** Size class of the result. */
    "resolution": "4k";
    /** Whether the result is checked for unsafe content. */
    "nsfw_checker"?: true | false;
  };
  /** Address that is told when the task completes or fails. */
  "callback_url"?: string;
}

/** gpt-image-2, image_to_image */
export interface GPTImage2ImageToImage {
  /** Model that does the work. */
  "model": "gpt-image-2";
  /** What to generate and how. */
  "input": {
    /** What to generate or how to change the references. 'input.prompt' must have at most 20,000 characters. */
    "prompt"?: string;
    /** Addresses of the images to edit. 'input.image_urls' must have at most 16 items. */
    "image_urls": [string, ...string[]];
    /** Width to height of the result. */
    "aspect_ratio"?: "auto" | "1:1" | "5:4" | "4:3" | "3:2" | "16:9" | "21:9" | "9:16" | "4:5" | "3:4" | "2:3" | "2:1" | "1:2" | "9:21";
    /** Size class of the result. */
    "resolution"?: "1k" | "2k";
    /** Whether the result is checked for unsafe content. */
    "nsfw_checker"?: true | false;
  };
  /** Address that is told when the task completes or fails. */
  "callback_url"?: string;
}

/** gpt-image-2, image_to_image */
export interface GPTImage2ImageToImage2 {
  /** Model that does the work. */
  "model": "gpt-image-2";
  /** What to generate and how. */
  "input": {
    /** What to generate or how to change the references. 'input.prompt' must have at most 20,000 characters. */
    "prompt"?: string;
    /** Addresses of the images to edit. 'input.image_urls' must have at most 16 items. */
    "image_urls": [string, ...string[]];
    /** Width to height of the result. */
    "aspect_ratio": "16:9" | "21:9" | "9:16" | "2:1" | "1:2" | "9:21";
    /** Size class of the result. */
    "resolution": "4k";
    /** Whether the result is checked for unsafe content. */
    "nsfw_checker"?: true | false;
  };
  /** Address that is told when the task completes or fails. */
  "callback_url"?: string;
}

/** Create task: POST /v1/images/generations */
export type ImageRequest =
  | GPTImage2TextToImage
  | GPTImage2TextToImage2
  | GPTImage2ImageToImage
  | GPTImage2ImageToImage2;

/** The request of each endpoint. */
export interface Requests {
  "image": ImageRequest;
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
