// Slow clients: each connection has deadlines, and the number of connections is limited.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { testApp } from '../support/app.ts'

/** Long enough for a normal request on a busy machine, and short for a test. */
const DEADLINES = { headersMs: 400, requestMs: 800, checkMs: 50 }

const app = await testApp(undefined, { app: { deadlines: DEADLINES } })

interface Line {
  socket: Socket
  /** The complete answer; resolves when the connection is closed. */
  closed: Promise<string>
}

function open(t: TestContext, url: string): Line {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  t.after(() => void socket.destroy())
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => undefined)
  return { socket, closed: once(socket, 'close').then(() => answer) }
}

/** The beginning of an order, with a header that promises 500 bytes. */
const HEAD = [
  'POST /pos/1.0.0/foodics/order HTTP/1.1',
  'host: sample',
  `authorization: Bearer ${app.tokens.foodics}`,
  'content-type: application/json',
  'content-length: 500',
].join('\r\n')

test('a connection without data is closed', async (t) => {
  assert.match(await open(t, app.url).closed, /^(HTTP\/1\.1 408 |$)/)
})

test('headers that do not end are answered 408, and the connection is closed', async (t) => {
  const { socket, closed } = open(t, app.url)
  socket.write(`${HEAD}\r\nx-sample: `)
  const drip = setInterval(() => socket.write('x'), 50)
  t.after(() => clearInterval(drip))
  const answer = await closed
  assert.match(answer, /^HTTP\/1\.1 408 /)
  assert.match(answer, /"code":"request_timeout"/)
})

test('a body that arrives too slowly is answered 408, and the connection is closed', async (t) => {
  const { socket, closed } = open(t, app.url)
  socket.write(`${HEAD}\r\n\r\n{"order":"`)
  const drip = setInterval(() => socket.write('x'), 50)
  t.after(() => clearInterval(drip))
  assert.match(await closed, /^HTTP\/1\.1 408 /)
})

test('a connection whose client stops in the middle of a body is closed', async (t) => {
  const { socket, closed } = open(t, app.url)
  socket.write(`${HEAD}\r\n\r\n{"order":`)
  assert.match(await closed, /^HTTP\/1\.1 408 /)
})

test('while 50 slow clients hold their connections, others are served', async (t) => {
  const slow = Array.from({ length: 50 }, () => {
    const line = open(t, app.url)
    line.socket.write(HEAD)
    return line
  })
  assert.equal((await app.get('/programs')).status, 200)
  assert.equal((await app.call({ path: '/readyz' })).status, 200)
  for (const { closed } of slow) assert.match(await closed, /^HTTP\/1\.1 408 /)
})

test('connections beyond the limit are closed at once, and accepted again after others end', async (t) => {
  const small = await testApp(t, { app: { maxConnections: 2 } })
  const [first, second] = [open(t, small.url), open(t, small.url)]
  await Promise.all([once(first.socket, 'connect'), once(second.socket, 'connect')])
  const third = open(t, small.url)
  assert.equal(await third.closed, '')
  first.socket.destroy()
  second.socket.destroy()
  await Promise.all([first.closed, second.closed])
  for (let tries = 0; ; tries++) {
    const answer = await small.call({ path: '/healthz' }).catch(() => null)
    if (answer?.status === 200) break
    assert(tries < 1_000, 'there is room again')
  }
})
