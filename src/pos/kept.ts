// What is kept of the bodies of each adapter. Whoever stores bodies and reads none, as the ingest thread does, need not load what reads them.
import type { KeptBody } from './adapter.ts'
import { kept as foodics } from './foodics/kept.ts'
import type { AdapterName } from './index.ts'
import { kept as standard } from './standard/kept.ts'

export const keptBodies: Record<AdapterName, KeptBody> = { foodics, standard }
