// The calls of the first screen, before the program that draws it has arrived. The screens find the
// answers in the cache, or wait for the same calls.
import type { QueryClient } from '@tanstack/react-query'
import { isEntryPath, isHomePath } from '../../contract/dashboard-paths.ts'
import type { Scope } from '../../contract/scopes.ts'
import { branchesQuery } from '../api/business.ts'
import { client } from '../api/client.ts'
import { demoQuery, homeQuery, latestOrdersQuery, workListQuery } from '../api/home.ts'
import { programsQuery } from '../api/programs.ts'
import { membershipOf, sessionQuery } from '../api/session.ts'
import { readSearch } from './filters.ts'
import { readScope } from './scope.ts'

/** What fails is asked for again, and its error shown, by the screen that needs it. */
export async function askFirst(queries: QueryClient, { pathname, search }: Location): Promise<void> {
  if (isEntryPath(pathname)) return
  const session = await queries.ensureQueryData(sessionQuery).catch(() => null)
  const membership = session === null ? undefined : membershipOf(session)
  if (membership === undefined) return
  client.business = membership.business.id
  const can = (scope: Scope) => membership.scopes.includes(scope)
  if (can('business:read')) {
    void queries.prefetchQuery(demoQuery)
    void queries.prefetchQuery(branchesQuery)
  }
  if (!isHomePath(pathname) || !can('orders:read')) return
  const { branch } = readScope(readSearch(search))
  void queries.prefetchQuery(workListQuery)
  if (can('reports:read')) void queries.prefetchQuery(homeQuery(branch))
  if (can('programs:read')) void queries.prefetchQuery(programsQuery)
  void queries.prefetchQuery(latestOrdersQuery(branch, can('customers:read')))
}
