// A scope of the server: its hooks and body parsers apply to its own routes only.
import type { ApiServer } from '../server.ts'

/** Resolves when everything that `setUp` registered has loaded. */
export async function openScope(
  app: ApiServer,
  prefix: string,
  setUp: (scope: ApiServer) => Promise<void>,
): Promise<void> {
  await app.register(
    (scope: ApiServer, _options, done) => {
      setUp(scope).then(() => done(), done)
    },
    { prefix },
  )
}
