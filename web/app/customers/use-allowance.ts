// What the person may still adjust today.
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AdjustmentAllowance } from '../../../contract/api/adjustment-limits.ts'
import { api } from '../../api/client.ts'
import { useBusiness } from '../business.tsx'

/** Loaded again after every write that concerns customers (`useRefresh`). */
export function useAllowance(): UseQueryResult<AdjustmentAllowance> {
  const { can } = useBusiness()
  return useQuery({
    queryKey: ['/customers/adjustment-allowance'],
    queryFn: ({ signal }) => api.get<AdjustmentAllowance>('/adjustment-allowance', { signal }),
    enabled: can('ledger:adjust'),
    staleTime: 60_000,
  })
}
