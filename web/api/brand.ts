// The brand of the business: colours, the design of its card, the logo.
import { queryOptions } from '@tanstack/react-query'
import type { Brand } from '../../contract/api/brand.ts'
import { api } from './client.ts'

export const brandQuery = queryOptions({
  queryKey: ['brand'],
  queryFn: ({ signal }) => api.get<Brand>('/business/brand', { signal }),
  staleTime: 60_000,
})
