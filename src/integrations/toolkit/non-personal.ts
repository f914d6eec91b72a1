// Says which values of a POS's body say nothing of any person, so that they may be kept when all
// else of it has to go.

/**
 * By the place of a value in a JSON text: `kept` stays as it is, and of a time the `day` does. What
 * is said of a `person` goes, and so does what says the same elsewhere. A list is as its entries
 * are. `*` is for all keys that are not named; without it their values go as well, as they may be
 * somebody's.
 */
export type NonPersonal = 'kept' | 'day' | 'person' | { readonly [key: string]: NonPersonal }

/** These keys, in one text with spaces between, all under one rule. */
export function each(keys: string, rule: NonPersonal): Record<string, NonPersonal> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, rule]))
}
