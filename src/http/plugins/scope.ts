// A part of the server whose hooks and body parsers hold for its own routes alone.
import type { ApiServer } from '../server.ts'

/** Resolves when everything that `furnish` registered has been loaded. */
export async function openScope(
  app: ApiServer,
  prefix: string,
  furnish: (scope: ApiServer) => Promise<void>,
): Promise<void> {
  await app.register(
    (scope: ApiServer, _options, done) => {
      furnish(scope).then(() => done(), done)
    },
    { prefix },
  )
}
