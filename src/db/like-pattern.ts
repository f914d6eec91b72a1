// Patterns for `like`: what somebody typed, as a piece of a stored text.
import { foldForSearch } from '../kernel/text.ts'

/**
 * The `like` pattern of a piece of a text that `fold_name` has folded; null where nothing is left
 * of it, which matches nothing.
 */
export function piecePattern(text: string): string | null {
  const folded = foldForSearch(text)
  return folded === '' ? null : `%${escapeLike(folded)}%`
}

export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
