// A load balancer in front of two servers: one address, whose connections go to them in turn.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Server } from '../harness/server.ts'
import type { Successes } from './successes.ts'

export interface Front extends AsyncDisposable {
  url: string
}

/**
 * A connection to a server that is down is closed, and the client tries again. Records each 2xx
 * answer in `successes`.
 */
export async function startFront(servers: readonly Server[], successes: Successes): Promise<Front> {
  const sockets = new Set<Socket>()
  let turn = 0
  const front = createServer({ noDelay: true }, (client) => {
    const { port } = servers[turn++ % servers.length] as Server
    const server = connect({ port, host: '127.0.0.1', noDelay: true })
    for (const [socket, other] of [[client, server] as const, [server, client] as const]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    // A connection has one request at a time.
    let askedAt: number | null = null
    client.on('data', () => {
      askedAt ??= performance.now()
    })
    server.on('data', (chunk: Buffer) => {
      if (askedAt !== null && SUCCESS.test(chunk.toString('latin1', 0, 16))) successes.note(askedAt)
      askedAt = null
    })
    client.pipe(server)
    server.pipe(client)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        front.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const SUCCESS = /^HTTP\/1\.1 2/
