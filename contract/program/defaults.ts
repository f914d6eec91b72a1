// The defaults of a program definition, without its schemas, so that normalising does not load
// them.

/** The values of absent fields. Stored definitions contain them. */
export const DEFAULTS = {
  combine: 'sum',
  base: { tax: 'included' },
  rounding: 'floor',
  pending_days: 0,
  expiry: { kind: 'never' },
  debt: 'allow',
} as const
