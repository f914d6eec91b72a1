// A TCP proxy between LoyaPro and PostgreSQL: it passes bytes on, until it is told to be slow, to
// cut, or to cut after a commit.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Detour {
  port: number
  /** Milliseconds by which bytes come later, in both directions; 0 for none. */
  delayBy(ms: number): void
  /** Ends all connections at once, both sides. */
  cut(): void
  /**
   * Of the next `count` commits PostgreSQL hears each, and whoever sent it loses the connection
   * before the answer.
   */
  cutAfterCommits(count: number): void
  /** How many of these were cut. */
  readonly cutCommits: number
  close(): Promise<void>
}

/** Before `port` of this machine. */
export async function startProxy(target: number): Promise<Detour> {
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
        // What was written before is sent before the end; the answer finds nobody.
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
 * Each chunk has its time, and none goes before one that came earlier, whatever becomes of the
 * delay meanwhile.
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

/** LoyaPro ends a transaction with this one word, as text of a statement. */
function saysCommit(chunk: Buffer): boolean {
  return chunk.includes('commit\0')
}
