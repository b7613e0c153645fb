/** The content of an endpoint's violations.json; what it holds is read by this module alone. */
export interface ViolationTable {
  readonly elsewhere: readonly string[];
  readonly fields: object;
  readonly rules: readonly object[];
}

/** One fault of a request. */
export interface Violation {
  /** JSON Pointer into the request, such as `/input/image_urls/3`. */
  readonly path: string;
  /** Id of the rule, as Python's: the canonical field and a word, such as `duration.one_of`, or a rule across fields. */
  readonly rule: string;
  /** A sentence or the end of one, without the name of the field. */
  readonly message: string;
}

/** What Ajv reports, as far as it is read. */
export interface AjvError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: object;
  readonly data?: unknown;
  readonly message?: string;
}

/**
 * Tells the violations of a request, one for each path, in Python's order: fields, rules across fields, unknown fields.
 *
 * A number beyond 1.8e308 is infinite in JavaScript, and so no number; of more than 1,000 unknown fields those that are
 * named can differ from Python's, since keys that are whole numbers come first.
 *
 * @param table The violations.json of the endpoint.
 * @param errors What Ajv, made with `allErrors` and `verbose`, says of the request by the request view.
 */
export function violations(table: ViolationTable, errors: readonly AjvError[] | null | undefined): Violation[];
