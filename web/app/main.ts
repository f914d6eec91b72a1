// Entry point of the dashboard. It is small and comes first: the server answers the calls of the first
// screen while the browser still loads the program that draws it.
import '../theme/tokens.css'
import '../theme/mantine.css'
import '../theme/base.css'
import { createQueryClient } from '../api/queries.ts'
import { askFirst } from './first-calls.ts'

const queries = createQueryClient()
void askFirst(queries, location)
void import('./start.tsx').then(({ start }) => start(queries))
