// The defaults of a program's definition, apart from its schemas: to write them out needs none.

/**
 * What holds where a definition says nothing. A stored definition has them written out, so that
 * they stay its own.
 */
export const DEFAULTS = {
  combine: 'sum',
  base: { tax: 'included' },
  rounding: 'floor',
  pending_days: 0,
  expiry: { kind: 'never' },
  debt: 'allow',
} as const
