import type { Prices, Terms, Unpriced } from "./prices.mjs";

/** The content of a service's catalog.json; what else it holds, pricing_rules/targets/catalog_json.py describes. */
export interface Catalog {
  readonly service: string;
  readonly version: string;
  /** Whether more may be told than amounts: an overlay can hide how a price is made. */
  readonly working: boolean;
  readonly prices: Prices;
}

export type Basis = "documented" | "inferred";
export type Value = string | number | boolean;

/** One factor of a price; `multiplier` is exact text such as "1.47" or "5/3". */
export interface Line {
  readonly factor: "base" | "duration" | "resolution" | "outputs" | "audio" | "custom" | "rate" | "minimum";
  readonly value: Value | null;
  readonly multiplier: string;
  readonly basis: Basis;
  readonly source: string;
}

/** What a price depends on; null where the model has no such parameter. */
export interface PricedParameters {
  readonly duration: Value | null;
  readonly resolution: Value | null;
  readonly outputs: number | null;
  readonly audio: Value | null;
}

/** What a request costs: exact decimal text, as in prices.mjs. */
export interface Amounts {
  readonly service: string;
  readonly model: string;
  readonly credits: string;
  readonly usd: string | null;
  readonly parameters: PricedParameters;
  readonly catalog_version: string;
}

/** How the amount is made; the multipliers of the lines make `exact`, and `exact` and `rounding` the credits. */
export interface Working {
  readonly lines: readonly Line[];
  readonly exact: string;
  readonly rounding: string;
  readonly basis: Basis;
  readonly notes: readonly string[];
  readonly sources: readonly string[];
  readonly fingerprint: string;
}

/**
 * Tells what a valid request costs and why, as Python's quote does: the amounts alone where the catalog hides the rest,
 * or, as in prices.mjs, what is missing for a price.
 *
 * @throws {TypeError} customMultiplier is a number with a fraction or of another type, or `at` of another type.
 * @throws {RangeError} customMultiplier is out of range, text of another form or not taken, or `at` an invalid Date.
 */
export function breakdown(catalog: Catalog, request: unknown, terms?: Terms): Unpriced | Amounts | (Amounts & Working);
