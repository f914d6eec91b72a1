// The clients of the integrations that LoyaPro can call and that are configured.
import type { CallReport, PosClient } from './client.ts'
import type { Integrations } from './registry.ts'

/** The settings of clients, by integration. */
export type ClientSettings = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface PosClients {
  /** Null when the integration has no client, or the operator has not configured it. */
  of(integration: string): PosClient | null
  /** Called after every call, for the metrics. */
  onCall(call: CallReport): void
}

export function createPosClients(
  integrations: Integrations,
  { clients: settings = {}, posTimeoutMs }: { clients?: ClientSettings; posTimeoutMs?: number },
  onCall: (call: CallReport) => void = () => undefined,
): PosClients {
  const clients = new Map(
    integrations.all.flatMap(({ name, client }) => {
      const own = settings[name]
      return client && own ? [[name, client.create(own, posTimeoutMs)] as const] : []
    }),
  )
  return { of: (integration) => clients.get(integration) ?? null, onCall }
}
