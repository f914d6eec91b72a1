// What SIGINT and SIGTERM do: the first one stops in order, a second one ends the process at once.

/**
 * Calls `stop` for the first signal. A later signal ends the process with exit code 1. Returns a
 * function that removes the handlers.
 */
export function onStopSignal(stop: (signal: NodeJS.Signals) => Promise<void> | void): () => void {
  let firstAt: number | null = null
  const handle = (signal: NodeJS.Signals) => {
    if (firstAt !== null && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1)
    if (firstAt !== null) return
    firstAt = performance.now()
    void stop(signal)
  }
  process.on('SIGINT', handle).on('SIGTERM', handle)
  return () => void process.removeListener('SIGINT', handle).removeListener('SIGTERM', handle)
}

/**
 * In a terminal, one Ctrl-C reaches the process twice at the same moment: from the terminal, and
 * forwarded by npm.
 */
const SAME_SIGNAL_MS = 500
