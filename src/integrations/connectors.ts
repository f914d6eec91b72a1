// The registry: which points of sale LoyaPro may call, by the adapter that reads their orders.

import type { CallReport, PosConnector } from './connector.ts'
import { createFoodicsConnector, type FoodicsApp } from './foodics/client.ts'
import type { AdapterName } from './registry.ts'

export interface Connectors {
  /** Null when there is none for this kind of POS, or it is not configured. */
  of(adapter: AdapterName): PosConnector | null
  /** Told of every call, for the metrics. */
  told(call: CallReport): void
}

export function createConnectors(
  settings: { foodics?: FoodicsApp; posTimeoutMs?: number },
  told: (call: CallReport) => void = () => undefined,
): Connectors {
  const foodics = settings.foodics ? createFoodicsConnector(settings.foodics, settings.posTimeoutMs) : null
  return { of: (adapter) => (adapter === 'foodics' ? foodics : null), told }
}
