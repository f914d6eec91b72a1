// SIGINT and SIGTERM for tools: the first one ends a run in order, a second one at once.

/** Ctrl-C in a terminal reaches a process twice: from the terminal, and passed on by npm. */
const SAME_KEYSTROKE_MS = 500

export interface Interruption extends Disposable {
  signal: AbortSignal
}

/** Handles both signals until it is disposed of. `onFirst` runs when the first one arrives. */
export function endOnSignals(onFirst: () => void = () => {}): Interruption {
  const controller = new AbortController()
  let since = 0
  const end = () => {
    if (controller.signal.aborted) {
      if (performance.now() - since > SAME_KEYSTROKE_MS) process.exit(1)
      return
    }
    since = performance.now()
    onFirst()
    controller.abort(new Error('interrupted'))
  }
  process.on('SIGINT', end).on('SIGTERM', end)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => void process.removeListener('SIGINT', end).removeListener('SIGTERM', end),
  }
}
