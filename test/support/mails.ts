// Mails to staff in tests: sent by the job, and the link in the latest one.
import { must } from '../../src/kernel/assert.ts'
import type { OutgoingMail } from '../../src/mail/mailer.ts'
import { sendAllMails } from '../../src/worker/mails.ts'
import type { TestApp } from './app.ts'

/** Runs the job; the mails that this address has received, oldest first. */
export async function mailsTo(app: TestApp, email: string): Promise<OutgoingMail[]> {
  await sendAllMails(app.ctx)
  return app.mails.filter(({ to }) => to === email)
}

/** The token in the latest mail to this address. */
export async function tokenFor(app: TestApp, email: string): Promise<string> {
  const mail = must((await mailsTo(app, email)).at(-1), `a mail to ${email}`)
  return must(/#([\w-]{43})$/m.exec(mail.text)?.[1], 'a link in the mail')
}
