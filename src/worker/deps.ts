// What jobs need: the parts of the context that they share with the server.
import type { AppContext } from '../context.ts'

export type JobDeps = Pick<AppContext, 'db' | 'clock' | 'ids' | 'programs' | 'ingest' | 'log'>
