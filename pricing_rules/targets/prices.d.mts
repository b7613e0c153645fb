/** The content of a service's prices.json; what else it holds is read by this module alone. */
export interface Prices {
  readonly service: string;
  readonly version: string;
  readonly models: object;
}

/** What a model is asked for; one that is absent, undefined or null counts as its default. */
export interface Parameters {
  /** Length of the clip in seconds. */
  readonly duration?: unknown;
  /** Tier of the result's size. */
  readonly resolution?: unknown;
  /** How many results. */
  readonly outputs?: unknown;
  /** Tier of the sound. */
  readonly audio?: unknown;
}

export interface Terms {
  /**
   * The caller's own factor, from 0 to 1,000,000: a whole number, or text such as "1.1" or "1/3" of at most 40
   * characters; 1 where it is absent. Prices that show no working take none but 1.
   */
  readonly customMultiplier?: number | bigint | string;
  /** The instant whose prices hold: a Date, or microseconds from 1970 in UTC; where absent, midnight of the version. */
  readonly at?: Date | bigint | null;
}

export type Parameter = "duration" | "resolution" | "outputs" | "audio";

/** The charge, rounded up once to the service's unit. */
export interface Priced {
  /** Exact decimal text without trailing zeros, such as "132.3". */
  readonly credits: string;
  /** The charge as a whole number of the service's units, as text: BigInt(units). */
  readonly units: string;
  /** Exact decimal text; null where the service publishes no price of a credit. */
  readonly usd: string | null;
  readonly missing: readonly [];
  readonly unknownModel: false;
}

/** No price: the model is unknown, parameters are missing, or, with neither, the instant is before the first price. */
export interface Unpriced {
  readonly credits: null;
  readonly units: null;
  readonly usd: null;
  /** The parameters without a usable value, in the order duration, resolution, outputs, audio. */
  readonly missing: readonly Parameter[];
  readonly unknownModel: boolean;
}

export type Price = Priced | Unpriced;

/**
 * Tells what a model costs.
 *
 * 5 and 5.0 are the same number; true and "5" are none. Numbers are what JavaScript makes of them: one beyond 2 ** 53
 * may be rounded before it is compared.
 *
 * @throws {TypeError} customMultiplier is a number with a fraction or of another type, or `at` of another type.
 * @throws {RangeError} customMultiplier is out of range, text of another form or not taken, or `at` an invalid Date.
 */
export function price(prices: Prices, model: unknown, asked?: Parameters & Terms): Price;

/**
 * Tells what a request costs, from its model and its priced parameters; nothing else is read or validated. Here null
 * is a value, which no parameter can have.
 *
 * @throws {TypeError} customMultiplier is a number with a fraction or of another type, or `at` of another type.
 * @throws {RangeError} customMultiplier is out of range, text of another form or not taken, or `at` an invalid Date.
 */
export function quote(prices: Prices, request: unknown, terms?: Terms): Price;
