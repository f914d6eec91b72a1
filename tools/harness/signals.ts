// SIGINT and SIGTERM for tools: the first one ends a run in order, a second one at once.
import { onStopSignal } from '../../src/server/stop-signals.ts'

export interface Interruption extends Disposable {
  signal: AbortSignal
}

/** Handles both signals until it is disposed of. `onFirst` runs when the first one arrives. */
export function endOnSignals(onFirst: () => void = () => {}): Interruption {
  const controller = new AbortController()
  const removeHandlers = onStopSignal(() => {
    onFirst()
    controller.abort(new Error('interrupted'))
  })
  return { signal: controller.signal, [Symbol.dispose]: removeHandlers }
}
