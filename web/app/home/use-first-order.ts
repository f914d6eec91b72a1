// Watches for the first order, so that the steps tick themselves.
import { useQueryClient } from '@tanstack/react-query'
import { workListQuery } from '../../api/home.ts'
import { useLive } from '../../ui/use-live.ts'
import { useBusiness } from '../business.tsx'

export function useFirstOrder(): void {
  const { can } = useBusiness()
  const queries = useQueryClient()
  useLive('/events', {
    // `ready`: the stream begins after the steps were loaded, and says nothing of what came in between.
    events: ['ready', 'order.processed', 'program.activated'],
    enabled: can('events:read'),
    onEvent: () => void queries.invalidateQueries({ queryKey: workListQuery.queryKey }),
  })
}
