// The interface of what delivers mails, and the terminal, which stands in for a mail server.
import type { RenderedMail } from './render.ts'

export interface OutgoingMail extends RenderedMail {
  /** The same for every attempt; it becomes the Message-ID. */
  id: string
  to: string
}

export interface Mailer {
  /** `terminal`: nobody receives the mails, so the demo shows them on a page. */
  readonly kind: 'smtp' | 'terminal'
  /** Resolves when the mail is accepted. Throws NotSent. Must not log the mail. */
  send(mail: OutgoingMail): Promise<void>
}

/**
 * Why a mail was not sent. `retry`: certainly not sent, and may be later; `final`: refused, or it is
 * not known whether it was sent.
 */
export class NotSent extends Error {
  override name = 'NotSent'
  readonly outcome: 'retry' | 'final'
  /** Without address and text. */
  readonly problem: string

  constructor(outcome: 'retry' | 'final', problem: string) {
    super(problem)
    this.outcome = outcome
    this.problem = problem
  }
}

/** Writes mails to standard output, where the operator reads them; never to the log. */
export function terminalMailer(output: { write(text: string): unknown }): Mailer {
  return {
    kind: 'terminal',
    async send({ to, subject, text }) {
      output.write(`\nMail to ${to}: ${subject}\n\n${text.replace(/^(?=.)/gm, '  ')}\n\n`)
    },
  }
}
