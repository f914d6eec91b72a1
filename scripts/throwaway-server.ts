// A PostgreSQL with a freshly migrated template database, for as long as something needs it.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '../src/db/database.ts'
import { startEmbedded } from '../src/db/embedded/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { databaseUrl, type TestServer } from '../test/support/database.ts'

/** Starts a server, or takes the one of DATABASE_URL, and leaves nothing behind. */
export async function withThrowawayServer<T>(use: (server: TestServer) => Promise<T>): Promise<T> {
  if (process.env.DATABASE_URL) return withTemplate(process.env.DATABASE_URL, use)
  const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-test-'))
  try {
    const embedded = await startEmbedded({ dataDir, durable: false })
    try {
      return await withTemplate(embedded.url, use)
    } finally {
      await embedded.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10 })
  }
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
