// Where the names of ids come from: the catalogue of a POS, the branches of the business.

export interface IdOption {
  id: string
  label: string
  /** Beside the label: SKU, price. */
  hint?: string
}

/** Hooks of the screens, because `web/ui` knows no address of the API. */
export interface IdSource {
  /** What matches the typed text, best first. */
  useFound(typed: string): Found
  /** The names of ids that are chosen. An id without a name is shown as it is. */
  useNames(ids: readonly string[]): ReadonlyMap<string, string>
}

export interface Found {
  /** Undefined until the first answer. */
  options: readonly IdOption[] | undefined
  /** They are those of what was typed, and not of an earlier text. */
  isCurrent: boolean
  /** More match than are listed. */
  hasMore: boolean
}
