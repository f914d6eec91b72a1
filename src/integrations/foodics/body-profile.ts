// What outlasts a body of Foodics, and a made-up one that knows its words.
import { readFileSync } from 'node:fs'
import type { BodyProfile } from '../adapter.ts'
import { impersonal } from './non-personal.ts'

export const foodicsProfile: BodyProfile = {
  impersonal,
  sampleBody: readFileSync(new URL('./dictionary-1.json', import.meta.url)),
}
