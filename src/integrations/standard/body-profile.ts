// The body profile of the standard format: the dictionary that compresses its bodies, and the
// values that may outlive them.
import { readFileSync } from 'node:fs'
import type { BodyProfile } from '../integration.ts'
import { NON_PERSONAL } from './non-personal.ts'

export const bodyProfile: BodyProfile = {
  dictionary: 2,
  sampleBody: readFileSync(new URL('./dictionary-1.json', import.meta.url)),
  nonPersonal: NON_PERSONAL,
}
