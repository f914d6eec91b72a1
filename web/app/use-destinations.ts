// The destinations that the person can open in this business.
import { useMemo } from 'react'
import { useBusiness } from './business.tsx'
import { type Destination, destinationsFor } from './navigation.ts'

export function useDestinations(): readonly Destination[] {
  const { scopes } = useBusiness()
  return useMemo(() => destinationsFor(scopes), [scopes])
}
