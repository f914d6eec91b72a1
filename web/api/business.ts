// The business with its branches.
import { queryOptions } from '@tanstack/react-query'
import type { Branch, Business } from '../../contract/api/business.ts'
import { api } from './client.ts'
import type { Page } from './queries.ts'

export const businessQuery = queryOptions({
  queryKey: ['business'],
  queryFn: ({ signal }) => api.get<Business>('/business', { signal }),
  staleTime: 60_000,
})

/** The first 200: what a picker can list. */
export const branchesQuery = queryOptions({
  queryKey: ['branches'],
  queryFn: ({ signal }) => api.get<Page<Branch>>('/branches', { query: { limit: 200 }, signal }),
  staleTime: 60_000,
})
