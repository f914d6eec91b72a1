// The integrations that a running LoyaPro has. Every list of POS names is derived from it: choices
// of the API and the CLI, settings, documentation.
import { must } from '../kernel/assert.ts'
import type { Integration } from './integration.ts'
import { loadFolders } from './load-folders.ts'

export interface Integrations {
  /** Sorted by name. */
  readonly all: readonly Integration[]
  readonly names: readonly string[]
  /** Undefined when there is no such integration. */
  find(name: string): Integration | undefined
  /** For a name that `registerPos` has checked. */
  get(name: string): Integration
}

export function createIntegrations(given: Iterable<Integration>): Integrations {
  const byName = new Map([...given].map((integration) => [integration.name, integration]))
  const names = [...byName.keys()].sort()
  return {
    all: names.map((name) => must(byName.get(name), name)),
    names,
    find: (name) => byName.get(name),
    get: (name) => must(byName.get(name), `the integration ${name}`),
  }
}

/** Reads `<folder>/integration.ts` of every folder in the directory. */
export async function loadIntegrations(directory: URL): Promise<Integration[]> {
  const found = await loadFolders<Integration>(directory, 'integration.ts', 'integration')
  for (const [folder, { name }] of found) {
    if (folder !== name || !/^[a-z][a-z0-9_-]{1,40}$/.test(name)) {
      throw new Error(`the integration ${name} must have the name of its folder, ${folder}`)
    }
  }
  return [...found.values()]
}

/** Those in the folders beside this file. */
export const shippedIntegrations = createIntegrations(await loadIntegrations(new URL('./', import.meta.url)))
