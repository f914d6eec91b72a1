// loyapro staff …: the first owner of a business, and help for somebody who has lost their password
// or their second factor.
import { recordInEach } from '../activity/record.ts'
import { findBusiness } from '../businesses/businesses.ts'
import type { Transaction } from '../db/database.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import type { AppContext } from '../server/context.ts'
import { normaliseEmail } from '../staff/email.ts'
import { tellFactorChange } from '../staff/factor-mails.ts'
import { addMember, listMemberships } from '../staff/memberships.ts'
import { deletePasskeys } from '../staff/passkey-store.ts'
import { createPerson, findPersonByEmail, lockPerson, setPasswordHash } from '../staff/people.ts'
import { randomPassword } from '../staff/random-password.ts'
import { createResetToken } from '../staff/reset-password.ts'
import { removeSecondFactor } from '../staff/second-factor.ts'
import { endSessionsOf } from '../staff/sessions.ts'
import { forgetTokensOf } from '../staff/tokens.ts'
import { CLI, type Command, defineCommand, Refused, UsageError } from './command.ts'
import { choiceOption, idOption } from './values.ts'

const EMAIL = { type: 'string', required: true, help: 'Email address of the person.' } as const

const createOwner = defineCommand({
  name: 'staff create-owner',
  summary: 'Make a person an owner of a business. A new account gets a password, which is shown once.',
  options: {
    business: { type: 'string', required: true, help: 'Business ID (biz_…).' },
    email: EMAIL,
    name: { type: 'string', help: 'Name of the person. Required for a new account.' },
    language: { type: 'string', help: 'Language of the screens: ar or en. Default: ar.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const businessId = idOption('business', 'business', values.business)
      const email = emailOption(values.email)
      const language = choiceOption('language', values.language ?? 'ar', ['ar', 'en'])
      if (!(await findBusiness(ctx.db, businessId))) {
        throw new Refused('no business has this ID; see: loyapro business list')
      }
      const known = await findPersonByEmail(ctx.db, email)
      const name = values.name?.trim()
      if (!known && !name) throw new UsageError('a new account needs --name')
      const password = randomPassword()
      const password_hash = await ctx.passwords.hash(password, 'cli')
      return ctx.db.write(CLI, async (tx) => {
        const created = await createPerson(tx, { email, name: name ?? '', language, password_hash }, ctx)
        const staffId = created?.id ?? known?.id
        if (!staffId) throw new Refused('an account with this address was created at this moment: try again')
        const isNew = await addMember(tx, { businessId, staffId, role: 'owner', branchIds: null }, ctx.clock)
        if (!isNew) throw new Refused('this person belongs to the business already')
        const id = formatId('staff', staffId)
        return created
          ? { lines: [`created ${id}`, `password: ${password}`], data: { id, email, password } }
          : { lines: [`${id} is an owner now; the password is unchanged`], data: { id, email, password: null } }
      })
    }),
})

const resetPassword = defineCommand({
  name: 'staff reset-password',
  summary: 'Give a person a new password, which is shown once. Ends all their sessions.',
  options: { email: EMAIL },
  run: (values, { open }) =>
    open(async (ctx: AppContext) => {
      const person = await findPersonByEmail(ctx.db, emailOption(values.email))
      if (!person) throw new Refused('nobody has this email address')
      const password = randomPassword()
      const hash = await ctx.passwords.hash(password, 'cli')
      const id = formatId('staff', person.id)
      await ctx.db.write(CLI, async (tx) => {
        await lockPerson(tx, person.id)
        await setPasswordHash(tx, person.id, hash)
        await forgetTokensOf(tx, person.id)
        await endSessionsOf(tx, person.id, ctx.clock.now())
        const entry = { ...COMMAND, operation: 'resetPassword', subject: id, after: null }
        recordInEach(tx, await businessesOf(tx, person.id), entry, ctx)
      })
      return { lines: [`password: ${password}`], data: { id, password } }
    }),
})

const resetLink = defineCommand({
  name: 'staff reset-link',
  summary: 'Print a link with which a person sets a new password, once and within an hour.',
  options: { email: EMAIL },
  run: (values, { open }) =>
    open(async (ctx: AppContext) => {
      const person = await findPersonByEmail(ctx.db, emailOption(values.email))
      if (!person) throw new Refused('nobody has this email address')
      const { publicUrl = `http://localhost:${ctx.config.port}` } = ctx.config
      const token = await createResetToken(ctx.db, person.id, ctx)
      const link = `${publicUrl}/app/reset#${token}`
      return { lines: [link], data: { id: formatId('staff', person.id), link } }
    }),
})

const removeSecondFactorOf = defineCommand({
  name: 'staff remove-second-factor',
  summary: 'Turn off the second factor of a person who lost it. Ends all their sessions.',
  options: { email: EMAIL, passkeys: { type: 'boolean', help: 'Delete their passkeys too.' } },
  run: (values, { open }) =>
    open(async (ctx) => {
      const person = await findPersonByEmail(ctx.db, emailOption(values.email))
      if (!person) throw new Refused('nobody has this email address')
      const id = formatId('staff', person.id)
      return ctx.db.write(CLI, async (tx) => {
        await lockPerson(tx, person.id)
        const wasOn = await removeSecondFactor(tx, person.id)
        const passkeys = values.passkeys ? await deletePasskeys(tx, person.id) : 0
        if (!wasOn && passkeys === 0)
          throw new Refused('this person has no second factor, or none that was to be removed')
        await endSessionsOf(tx, person.id, ctx.clock.now())
        const after = { second_factor: false, deleted_passkeys: passkeys }
        await tellFactorChange(tx, person.id, { what: 'second_factor_removed_by_operator' }, ctx)
        const entry = { ...COMMAND, operation: 'turnOffSecondFactor', subject: id, after }
        recordInEach(tx, await businessesOf(tx, person.id), entry, ctx)
        return {
          lines: [`${id} signs in with the password alone now`, `deleted passkeys: ${passkeys}`],
          data: { id, was_on: wasOn, deleted_passkeys: passkeys },
        }
      })
    }),
})

/** In the activity log, what is known of a command. */
const COMMAND = { address: '', userAgent: 'loyapro', requestId: '', before: null }

async function businessesOf(tx: Transaction, staffId: Uuid): Promise<Uuid[]> {
  return (await listMemberships(tx, staffId)).map(({ business_id }) => business_id)
}

function emailOption(text: string): string {
  const email = normaliseEmail(text)
  if (email === null) throw new UsageError(`--email is not an email address: ${text}`)
  return email
}

export const staffCommands: readonly Command[] = [createOwner, resetPassword, resetLink, removeSecondFactorOf]
