// One keep-alive connection with one request in flight. It does as little work as possible, because
// the load shares the cores with the servers.
import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  /** The status line and the headers. */
  head: string
  body: string
}

/** Called once per request with the answer; null when the connection broke. */
export type OnAnswer = (answer: Answer | null) => void

export class Wire {
  #socket: Socket
  #pending: OnAnswer | null = null
  #chunks: Buffer[] = []
  #size = 0
  #expected = -1
  #head = ''

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => this.#finish(null))
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed
  }

  send(request: Buffer, onAnswer: OnAnswer): void {
    this.#pending = onAnswer
    this.#socket.write(request)
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#expected < 0 && !this.#readHead()) return
    if (this.#size < this.#expected) return
    const whole = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks)
    const body = whole.toString('utf8', whole.indexOf('\r\n\r\n') + 4)
    const answer = { status: Number(this.#head.slice(9, 12)), head: this.#head, body }
    this.#chunks = []
    this.#size = 0
    this.#expected = -1
    this.#finish(answer)
  }

  /** LoyaPro's answers always have a content-length. */
  #readHead(): boolean {
    const seen = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks)
    const end = seen.indexOf('\r\n\r\n')
    if (end < 0) return false
    this.#head = seen.toString('latin1', 0, end)
    this.#expected = end + 4 + Number(/content-length: (\d+)/i.exec(this.#head)?.[1] ?? 0)
    return true
  }

  #finish(answer: Answer | null): void {
    const onAnswer = this.#pending
    this.#pending = null
    onAnswer?.(answer)
  }
}

/** A whole POST request. */
export function postRequest(path: string, token: string, body: Buffer): Buffer {
  const head =
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
