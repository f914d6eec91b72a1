// A TCP proxy between LoyaPro and PostgreSQL that can delay bytes, cut connections, or cut them
// after a commit.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface DatabaseProxy {
  port: number
  /** Delays bytes in both directions; 0 for no delay. */
  delayBy(ms: number): void
  /** Closes all connections at once, on both sides. */
  cut(): void
  /**
   * Passes each of the next `count` commits to PostgreSQL, and closes the connection before the
   * answer.
   */
  cutAfterCommits(count: number): void
  /** Number of commits that were cut. */
  readonly cutCommits: number
  close(): Promise<void>
}

/** Starts a proxy in front of a port of this machine. */
export async function startProxy(target: number): Promise<DatabaseProxy> {
  const state = { delayMs: 0, commitsToCut: 0, cutCommits: 0 }
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true })
    for (const socket of [client, upstream]) keep(socket)
    const toServer = passer(upstream, state)
    const toClient = passer(client, state)
    client.on('data', (chunk: Buffer) => {
      toServer(chunk)
      if (state.commitsToCut > 0 && saysCommit(chunk)) {
        state.commitsToCut -= 1
        state.cutCommits += 1
        // Pending bytes are sent before the end; the answer is lost.
        upstream.end()
        client.destroy()
      }
    })
    upstream.on('data', (chunk: Buffer) => {
      if (!client.destroyed) toClient(chunk)
    })
    client.on('close', () => upstream.end())
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    delayBy(ms) {
      state.delayMs = ms
    },
    cut,
    cutAfterCommits(count) {
      state.commitsToCut = count
    },
    get cutCommits() {
      return state.cutCommits
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}

/**
 * Sends each chunk at its time, and always in order, even when the delay changes.
 */
function passer(to: Socket, state: { delayMs: number }): (chunk: Buffer) => void {
  const queue: { chunk: Buffer; at: number }[] = []
  const pump = () => {
    for (let first = queue[0]; first; first = queue[0]) {
      const wait = first.at - performance.now()
      if (wait > 0) return void setTimeout(pump, Math.ceil(wait))
      queue.shift()
      if (!to.destroyed) to.write(first.chunk)
    }
  }
  return (chunk) => {
    const isIdle = queue.length === 0
    queue.push({ chunk, at: performance.now() + state.delayMs })
    if (isIdle) pump()
  }
}

/** LoyaPro commits with the statement text `commit`. */
function saysCommit(chunk: Buffer): boolean {
  return chunk.includes('commit\0')
}
