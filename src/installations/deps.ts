// What the work on installations needs of a running LoyaPro.
import type { Logger } from 'pino'
import type { Connections } from '../businesses/connection-cache.ts'
import type { Seal } from '../businesses/seal.ts'
import type { Database } from '../db/database.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { PosClients } from '../integrations/clients.ts'
import type { Integrations } from '../integrations/registry.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'

export interface InstallationDeps {
  readonly db: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly seal: Seal
  readonly integrations: Integrations
  readonly posClients: PosClients
  readonly ingest: Ingest
  readonly connections: Connections
  /** Aborted when the work must end after the current call. */
  readonly signal?: AbortSignal
}
