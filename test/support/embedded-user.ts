// A process that uses the embedded PostgreSQL of a directory, as LoyaPro does, for tests that end
// it in different ways.
import { createDatabase } from '../../src/db/database.ts'
import { startEmbedded } from '../../src/db/embedded/embedded.ts'

const embedded = await startEmbedded({ dataDir: process.argv[2] ?? '', durable: false })
const db = createDatabase({ url: embedded.url, max: 1 })
process.once('SIGINT', async () => {
  const [row] = await db.query('select 1')
  say({ answered: row !== undefined })
  await db.close()
  await embedded.stop()
})
say({ url: embedded.url })

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}
