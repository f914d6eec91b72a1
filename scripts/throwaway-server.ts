// A PostgreSQL with a freshly migrated template database, for as long as something needs it.
import { randomBytes } from 'node:crypto'
import { createDatabase } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { ensurePartitions } from '../src/orders/partitions.ts'
import { databaseUrl, type TestServer } from '../test/support/database.ts'
import { withScratch } from '../tools/harness/scratch.ts'

/** Starts a server, or uses the one of DATABASE_URL; the template is dropped afterwards. */
export async function withThrowawayServer<T>(use: (server: TestServer) => Promise<T>): Promise<T> {
  if (process.env.DATABASE_URL) return withTemplate(process.env.DATABASE_URL, use)
  return withScratch({ name: 'test', durable: false }, ({ databaseUrl: adminUrl }) => withTemplate(adminUrl, use))
}

async function withTemplate<T>(adminUrl: string, use: (server: TestServer) => Promise<T>): Promise<T> {
  const template = `loyapro_template_${randomBytes(8).toString('hex')}`
  const admin = createDatabase({ url: adminUrl, max: 1 })
  try {
    await admin.query(`create database ${template} template template0`)
    const database = createDatabase({ url: databaseUrl(adminUrl, template), max: 1 })
    await migrate(database)
    await ensurePartitions(database, Date.now())
    await database.close()
    return await use({ adminUrl, template })
  } finally {
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.close()
  }
}
