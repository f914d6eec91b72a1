// What is kept of the bodies of each adapter. Whoever stores bodies and reads none, as the ingest
// thread does, need not load what reads them.
import type { BodyProfile } from './adapter.ts'
import { foodicsProfile as foodics } from './foodics/body-profile.ts'
import type { AdapterName } from './registry.ts'
import { standardProfile as standard } from './standard/body-profile.ts'

export const bodyProfiles: Record<AdapterName, BodyProfile> = { foodics, standard }
