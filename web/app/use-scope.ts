// Branch and period of the URL, for screens.
import { useSearch } from '@tanstack/react-router'
import type { Scope } from './scope.ts'

/** What the reader chose; the period is today when they chose none. */
export function useScope(): Scope {
  return useSearch({ from: '/shell' })
}
