// The destinations that the person can open here and now: their scopes allow it, and the screen is part
// of this version.
import { useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useBusiness } from './business.tsx'
import { type Destination, destinationsFor } from './navigation.ts'
import { ScreenAbsent } from './shell/screen-absent.tsx'

export function useDestinations(): readonly Destination[] {
  const { scopes } = useBusiness()
  const isPresent = usePresence()
  return useMemo(() => destinationsFor(scopes).filter(({ to }) => isPresent(to)), [scopes, isPresent])
}

/** Tells whether a path of the router has its screen. */
export function usePresence(): (path: string) => boolean {
  const router = useRouter()
  return useMemo(() => {
    const routes: Record<string, { options: { component?: unknown } } | undefined> = router.routesByPath
    return (path) => routes[path] !== undefined && routes[path].options.component !== ScreenAbsent
  }, [router])
}
