/** What as_dict answers, the same for every service. Generated; do not edit. */
export type Answer = Quote | Amounts | PrivateQuote | Violation | InvalidRequest | Unpriced | UnknownName | CatalogError | InsufficientCredits | OtherError;

/** What a request costs, in credits and US dollars; `exact` and `rounding` are exact text. */
export interface Quote {
  service: string;
  model: string;
  credits: number | string;
  usd: number | string | null;
  parameters: Parameters;
  lines: Array<Line>;
  exact: string;
  rounding: string;
  basis: "documented" | "inferred";
  notes: Array<string>;
  sources: Array<string>;
  catalog_version: string;
  fingerprint: string;
  layers: Array<Layer>;
}

/** What a price depends on; null where the model has no such parameter. */
export interface Parameters {
  duration: number | string | boolean | null;
  resolution: number | string | boolean | null;
  outputs: number | null;
  audio: number | string | boolean | null;
}

/** One factor of a price; `multiplier` is exact text such as "1.47" or "5/3". */
export interface Line {
  factor: string;
  value: number | string | boolean | null;
  multiplier: string;
  basis: "documented" | "inferred";
  source: string;
}

/** An overlay under which a price was made. */
export interface Layer {
  id: string;
  version: string;
  of: "product" | "charge";
  shows: "price" | "working";
}

/** What may be told of a quote where an overlay shows the price only. */
export interface Amounts {
  service: string;
  model: string;
  credits: number | string;
  usd: number | string | null;
  parameters: Parameters;
  catalog_version: string;
}

/** All of a quote, for the seller alone; `cost` is the quote of the seller below, null where there is none. */
export interface PrivateQuote {
  service: string;
  model: string;
  credits: number | string;
  usd: number | string | null;
  parameters: Parameters;
  lines: Array<Line>;
  exact: string;
  rounding: string;
  basis: "documented" | "inferred";
  notes: Array<string>;
  sources: Array<string>;
  catalog_version: string;
  fingerprint: string;
  layers: Array<Layer>;
  cost: PrivateQuote | null;
}

/** One fault of a request; `path` is a JSON Pointer into it, `limit` what is allowed. */
export interface Violation {
  path: string;
  rule: string;
  message: string;
  limit: number | string | Array<number | string | boolean> | null;
  basis: "documented" | "inferred";
  source: string;
}

/** A request breaks rules. */
export interface InvalidRequest {
  error: "InvalidRequest";
  message: string;
  violations: Array<Violation>;
}

/** No price can be told: what is missing, and what it could cost. */
export interface Unpriced {
  error: "Unpriced";
  message: string;
  model: string;
  missing: Array<string>;
  options: Array<Quote> | Array<Amounts> | Array<PrivateQuote>;
}

/** A name is not known: the known ones, and the nearest of them. */
export interface UnknownName {
  error: "UnknownModel" | "UnknownService" | "UnknownEndpoint" | "UnknownResponse";
  message: string;
  name: string;
  nearest: Array<string>;
  known: Array<string>;
}

/** A catalog file cannot be used: its faults, and how many more there are. */
export interface CatalogError {
  error: "CatalogError";
  message: string;
  file: string;
  key: string;
  reason: string;
  faults: Array<CatalogFault>;
  more: number;
}

/** One fault of a catalog file. */
export interface CatalogFault {
  key: string;
  reason: string;
}

/** A balance does not cover a debit. */
export interface InsufficientCredits {
  error: "InsufficientCredits";
  message: string;
  required: number | string;
  balance: number | string;
}

/** An error that only its message describes. */
export interface OtherError {
  error: "PricingRulesError" | "Inexpressible" | "UnreadableLog" | "UnusableLog" | "UnusableMapping";
  message: string;
}
