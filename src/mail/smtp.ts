// Sends mails to a mail server by SMTP, with nodemailer.
import { type Mailer, NotSent, type OutgoingMail } from './mailer.ts'

export interface SmtpSettings {
  /** `smtps://user:password@host:465`, or `smtp://…:587`, which must offer STARTTLS. */
  url: string
  /** The sender, e.g. `LoyaPro <no-reply@example.com>`. */
  from: string
}

export function smtpMailer({ url, from }: SmtpSettings): Mailer {
  let transport: ReturnType<typeof connect> | undefined
  const domain = /@([^@>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'
  return {
    kind: 'smtp',
    async send({ id, to, subject, text, html }: OutgoingMail) {
      transport ??= connect(url)
      const server = await transport
      // A server that cannot be reached has taken nothing. One that is lost while it takes the mail may
      // have taken it.
      await server.verify().catch((error: unknown) => {
        throw new NotSent('retry', problemOf(error))
      })
      const mail = {
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        // Programs that answer for absent people must not answer (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      }
      await server.sendMail(mail).catch((error: unknown) => {
        throw new NotSent(isTemporary(error) ? 'retry' : 'final', problemOf(error))
      })
    },
  }
}

/** Loaded with the first mail: most processes send none. */
async function connect(url: string) {
  const { createTransport } = await import('nodemailer')
  const { protocol, hostname, port, username, password } = new URL(url)
  const isImplicit = protocol === 'smtps:'
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (isImplicit ? 465 : 587),
    secure: isImplicit,
    // The password of the server and the links of mails are secrets: never without TLS.
    requireTLS: !isImplicit && !isThisMachine(hostname),
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
}

const TIMEOUT_MS = 20_000

function isThisMachine(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

/** The server has answered 4xx: it did not take the mail, and may take it later (RFC 5321, 4.2.1). */
function isTemporary(error: unknown): boolean {
  const { responseCode } = error as { responseCode?: number }
  return responseCode !== undefined && responseCode < 500
}

/** Without the answer of the server, which may contain the address. */
function problemOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  return responseCode === undefined ? `connection ${code ?? 'unknown'}` : `smtp ${responseCode}`
}
