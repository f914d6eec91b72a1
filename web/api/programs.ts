// The programs of the business.
import { queryOptions } from '@tanstack/react-query'
import type { Program } from '../../contract/api/programs.ts'
import { api } from './client.ts'
import type { Page } from './queries.ts'

/** The first 200: more than a business can have active. */
export const programsQuery = queryOptions({
  queryKey: ['/programs', 'all'],
  queryFn: ({ signal }) => api.get<Page<Program>>('/programs', { query: { limit: 200 }, signal }),
  staleTime: 60_000,
})
