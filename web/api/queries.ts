// How answers are kept and asked for again: what failed for a passing reason is tried again, and data
// that is on the screen stays there when a later try fails.
import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './error.ts'

export interface Page<Item> {
  data: Item[]
  /** Null on the last page. */
  next_cursor: string | null
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.isTemporary,
        retryDelay: (failures, error) => retryDelay(failures, error),
        // Offline is shown as what it is, an error, and not as loading without end.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** Milliseconds: what the server asks for, else one second, two, four. */
export function retryDelay(failures: number, error: unknown): number {
  const asked = error instanceof ApiError ? error.retryAfter : null
  return Math.min(asked === null ? 1000 * 2 ** failures : asked * 1000, 10_000)
}
