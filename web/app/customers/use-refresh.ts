// After a write that concerns customers, everything that shows them is loaded again.
import { useQueryClient } from '@tanstack/react-query'

export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) => typeof first === 'string' && first.startsWith('/customers'),
    })
}
