// GET /app/assets/*: the files of the dashboard. Their names contain a hash of their content, so
// browsers keep them for ever.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/** `folder` is flat; it may appear, and change, while the server runs. */
export function assetsRoute(app: ApiServer, folder: string): void {
  app.get<{ Params: { name: string } }>(
    '/app/assets/:name',
    { schema: { hide: true } },
    async ({ params: { name }, headers }, reply) => {
      const type = SAFE_NAME.test(name) ? TYPES[extname(name)] : undefined
      if (type === undefined) throw new Problem('not_found')
      const takesBrotli = /(?:^|[\s,])br(?:$|[\s,;])/.test(headers['accept-encoding'] ?? '')
      const packed = takesBrotli ? await read(`${folder}${name}.br`) : null
      const content = packed ?? (await read(`${folder}${name}`))
      if (content === null) throw new Problem('not_found')
      if (packed !== null) reply.header('content-encoding', 'br')
      return reply
        .type(type)
        .header('vary', 'accept-encoding')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(content)
    },
  )
}

/** No separator and no leading dot: nothing outside the folder has such a name. */
const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

function read(path: string): Promise<Buffer | null> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
