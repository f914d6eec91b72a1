// Metrics for Prometheus: few labels, and none that identifies a business, a branch or a customer.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/**
 * Each context has its own registry, so that several contexts in one process (tests) do not mix.
 */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    /**
     * Seconds from the arrival of the request to the last byte of the answer; `route` is the
     * pattern, not the URL.
     */
    httpDuration: new Histogram({
      name: 'loyapro_http_request_duration_seconds',
      help: 'Duration of HTTP requests.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    deliveries: new Counter({
      name: 'loyapro_deliveries_total',
      help: 'Webhook deliveries received, by result.',
      labelNames: ['pos', 'result'] as const,
      registers,
    }),
    ingestWaiting: new Gauge({
      name: 'loyapro_ingest_waiting',
      help: 'Webhook deliveries received but not answered yet.',
      registers,
    }),
    ingestBatchSize: new Histogram({
      name: 'loyapro_ingest_batch_size',
      help: 'Webhook deliveries per transaction.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
      registers,
    }),
    posCalls: new Counter({
      name: 'loyapro_pos_calls_total',
      help: 'Calls to POS systems, by outcome.',
      labelNames: ['pos', 'result'] as const,
      registers,
    }),
    jobs: new Counter({
      name: 'loyapro_jobs_total',
      help: 'Finished background jobs.',
      labelNames: ['task', 'result'] as const,
      registers,
    }),
  }
}

/** Memory, CPU, garbage collection and event loop of this process. Call it once per process. */
export function observeProcess({ registry }: Metrics): void {
  collectDefaultMetrics({ register: registry, prefix: 'loyapro_' })
}
