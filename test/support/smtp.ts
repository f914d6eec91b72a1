// A mail server for tests: it takes mails, and answers a text as the test says.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface SmtpServer {
  url: string
  /** Accepted mails as they came, oldest first. */
  mails: string[]
  /** What the next mails are answered; the last one stays. `hang up`: the connection ends instead. */
  answers: string[]
}

export async function startSmtpServer(t: { after(end: () => void): void }): Promise<SmtpServer> {
  const mails: string[] = []
  const answers = ['250 taken']
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    serve(socket, (mail) => {
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      if (answer?.startsWith('2')) mails.push(mail)
      return answer ?? '250 taken'
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails, answers }
}

/** As much of RFC 5321 as a client needs to send one mail. */
function serve(socket: Socket, take: (mail: string) => string): void {
  let received = ''
  let isText = false
  const say = (line: string) => socket.write(`${line}\r\n`)
  say('220 mail.example ESMTP')
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk
    for (;;) {
      const end = received.indexOf(isText ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const part = received.slice(0, end)
      received = received.slice(end + (isText ? 5 : 2))
      if (isText) {
        isText = false
        const answer = take(part)
        if (answer === 'hang up') socket.destroy()
        else say(answer)
      } else if (/^DATA/i.test(part)) {
        isText = true
        say('354 go on')
      } else if (/^QUIT/i.test(part)) {
        say('221 bye')
        socket.end()
      } else say(/^EHLO/i.test(part) ? '250-mail.example\r\n250 8BITMIME' : '250 ok')
    }
  })
}
