// Describes which values of a body identify nobody, so that they may be kept when the rest is
// deleted.

/**
 * By the place of a value in a JSON text. `kept` is kept; of a time, `day` keeps the day. What is
 * said of a `person` is removed, and so are equal values elsewhere. A list follows the rule of its
 * entries. `*` applies to all other keys; without it their values are removed, because they may be
 * personal.
 */
export type NonPersonal = 'kept' | 'day' | 'person' | { readonly [key: string]: NonPersonal }

/** The same rule for several keys, separated by spaces. */
export function each(keys: string, rule: NonPersonal): Record<string, NonPersonal> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, rule]))
}
