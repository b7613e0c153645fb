// Requests that must compile, and, after @ts-expect-error, requests with one fault each that must not.
import type { ImageRequest } from "./aivideoapi.types";

const image = "https://example.com/a.png";

export const text: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat" } };
export const edited: ImageRequest = { model: "gpt-image-2", input: { image_urls: [image] } };
export const both: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat", image_urls: [image, image] } };
// @ts-expect-error
export const neither: ImageRequest = { model: "gpt-image-2", input: {} };
// @ts-expect-error
export const nothing: ImageRequest = { model: "gpt-image-2" };

// a size of 4k needs one of six aspect ratios
export const small: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat", resolution: "2k" } };
export const large: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat", resolution: "4k", aspect_ratio: "16:9" } };
// @ts-expect-error
export const unshaped: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat", resolution: "4k" } };
// @ts-expect-error
export const square: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat", resolution: "4k", aspect_ratio: "1:1" } };

// values, names and models
// @ts-expect-error
export const capital: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat", resolution: "2K" } };
// @ts-expect-error
export const flat: ImageRequest = { model: "gpt-image-2", prompt: "a boat", input: { prompt: "a boat" } };
// @ts-expect-error
export const misspelt: ImageRequest = { model: "gpt-image-2", input: { prompt: "a boat", aspectRatio: "16:9" } };
// @ts-expect-error
export const unknown: ImageRequest = { model: "gpt-image-1", input: { prompt: "a boat" } };
