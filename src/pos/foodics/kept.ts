// What outlasts a body of Foodics, and a made-up one that knows its words.
import { readFileSync } from 'node:fs'
import type { KeptBody } from '../adapter.ts'
import { impersonal } from './impersonal.ts'

export const kept: KeptBody = {
  impersonal,
  sampleBody: readFileSync(new URL('./dictionary-1.json', import.meta.url)),
}
