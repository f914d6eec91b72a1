// The programs and rewards of the business.
import { queryOptions } from '@tanstack/react-query'
import type { Program } from '../../contract/api/programs.ts'
import type { Reward } from '../../contract/api/rewards.ts'
import { api } from './client.ts'
import type { Page } from './queries.ts'

/** The first 200: more than a business can have active. */
export const programsQuery = queryOptions({
  queryKey: ['/programs', 'all'],
  queryFn: ({ signal }) => api.get<Page<Program>>('/programs', { query: { limit: 200 }, signal }),
  staleTime: 60_000,
})

/** The rewards that can be claimed. */
export const activeRewardsQuery = queryOptions({
  queryKey: ['/rewards', 'active'],
  queryFn: ({ signal }) => api.get<Page<Reward>>('/rewards', { query: { limit: 200, status: 'active' }, signal }),
  staleTime: 60_000,
})
