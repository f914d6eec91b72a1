// Imports one module of every folder in a directory: a new integration needs no list to be changed.
import { existsSync, readdirSync } from 'node:fs'

/** The export of `file` in each folder that has this file, by the name of the folder. */
export async function loadFolders<T>(directory: URL, file: string, exported: string): Promise<Map<string, T>> {
  const modules = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, url: new URL(`${name}/${file}`, directory) }))
    .filter(({ url }) => existsSync(url))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  const entries = modules.map(async ({ name, url }): Promise<[string, T]> => {
    const module: Record<string, T> = await import(url.href)
    const value = module[exported]
    if (value === undefined) throw new Error(`${url.pathname} does not export ${exported}`)
    return [name, value]
  })
  return new Map(await Promise.all(entries))
}
