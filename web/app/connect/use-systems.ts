// The POS systems of the business with their titles, for lists that name them.
import { useQuery } from '@tanstack/react-query'
import { connectionsQuery, posSystemsQuery } from '../../api/connect.ts'
import { useBusiness } from '../business.tsx'
import { type System, systemsOf } from './systems.ts'

/** Empty while they load, and for a person who may not read them. */
export function useSystems(): readonly System[] {
  const enabled = useBusiness().can('connections:read')
  const own = useQuery({ ...posSystemsQuery, enabled })
  const connections = useQuery({ ...connectionsQuery, enabled })
  return own.data && connections.data ? systemsOf(own.data.data, connections.data.data) : []
}
