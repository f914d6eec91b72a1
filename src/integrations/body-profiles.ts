// The body profiles of the shipped integrations, without the code that reads bodies: the ingest
// thread stores bodies and does not read them.
import type { BodyProfile } from './integration.ts'
import { loadFolders } from './load-folders.ts'

/** By the name of the integration. */
export const bodyProfiles: ReadonlyMap<string, BodyProfile> = await loadFolders<BodyProfile>(
  new URL('./', import.meta.url),
  'body-profile.ts',
  'bodyProfile',
)
