// loyapro pos …: POS systems that may send orders, their secrets and tokens.
import {
  adapterOf,
  addPosSecret,
  listPosSecrets,
  listPosSystems,
  registerPos,
  retirePosSecret,
} from '../businesses/pos-systems.ts'
import { issuePosToken, revokePosTokens } from '../businesses/pos-tokens.ts'
import { shippedIntegrations } from '../integrations/registry.ts'
import { CLI, type Command, defineCommand, Refused, UsageError } from './command.ts'
import { choiceOption, formatTime, instantOption, table } from './values.ts'

const POS = { type: 'string', required: true, help: 'Name of the POS, as in its webhook URL.' } as const

const register = defineCommand({
  name: 'pos register',
  summary: 'Register a POS.',
  options: {
    name: { type: 'string', required: true, help: 'Name in URLs: lower-case letters, digits, - and _.' },
    title: { type: 'string', help: 'Display name. Default: the name.' },
    adapter: {
      type: 'string',
      help: `Adapter for its orders: ${shippedIntegrations.names.join(' or ')}. Default: standard.`,
    },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const adapter = choiceOption('adapter', values.adapter ?? 'standard', shippedIntegrations.names)
      const pos = { name: values.name, title: values.title ?? values.name, adapter }
      const outcome = await registerPos(ctx.db.by(CLI), pos, ctx)
      if (outcome === 'bad_name')
        throw new Refused('the name must be 2 to 41 characters from a-z, 0-9, - and _, starting with a letter')
      if (outcome === 'adapter_unknown') throw new UsageError(`no integration has the name ${adapter}`)
      if (outcome === 'exists') throw new Refused(`${pos.name} is already registered; see: loyapro pos list`)
      return { lines: [`registered ${pos.name}; next: loyapro pos secret add --pos ${pos.name}`], data: pos }
    }),
})

const list = defineCommand({
  name: 'pos list',
  summary: 'List registered POS systems and their secrets.',
  options: {},
  run: (_values, { open }) =>
    open(async (ctx) => {
      const systems = await Promise.all(
        (await listPosSystems(ctx.db)).map(async (pos) => ({
          ...pos,
          secrets: await listPosSecrets(ctx.db, pos.name),
        })),
      )
      const rows = systems.flatMap(({ name, adapter, secrets }) =>
        (secrets.length > 0 ? secrets : [null]).map((secret) => [
          name,
          adapter,
          secret?.id ?? null,
          formatTime(secret?.created_at ?? null),
          formatTime(secret?.retired_at ?? null),
        ]),
      )
      return { lines: table(['pos', 'adapter', 'secret', 'added', 'retired'], rows), data: systems }
    }),
})

const addSecret = defineCommand({
  name: 'pos secret add',
  summary: 'Add a signing secret, or a second one to rotate the first.',
  options: {
    pos: POS,
    secret: { type: 'string', help: 'Secret agreed with the POS vendor. Default: a random secret.' },
    'allow-short': { type: 'boolean', help: 'Accept a secret shorter than 32 bytes whose tokens are already in use.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const secret =
        values.secret === undefined ? undefined : { text: values.secret, allowShort: values['allow-short'] }
      const outcome = await ctx.db.write(CLI, (tx) => addPosSecret(tx, values.pos, secret, ctx))
      if (outcome.kind !== 'added') throw new Refused(SECRET_REFUSALS[outcome.kind])
      const shown = secret === undefined ? { id: outcome.id, secret: outcome.secret } : { id: outcome.id }
      return { lines: Object.entries(shown).map(([name, value]) => `${name}: ${value}`), data: shown }
    }),
})

const SECRET_REFUSALS = {
  weak_secret:
    'the secret must be at least 32 bytes long and must not be a PEM key; use --allow-short for a shorter one',
  pos_unknown: 'no POS has this name; see: loyapro pos list',
  two_active: 'two secrets are already active: retire one first (loyapro pos secret retire)',
}

const retireSecret = defineCommand({
  name: 'pos secret retire',
  summary: 'Retire a signing secret. Its tokens stop working within 5 seconds.',
  options: { pos: POS, id: { type: 'string', required: true, help: 'ID of the secret; see: loyapro pos list.' } },
  run: (values, { open }) =>
    open(async (ctx) => {
      if (!/^[0-9a-f-]{36}$/.test(values.id)) throw new UsageError('--id must be the ID of a secret')
      const outcome = await retirePosSecret(ctx.db.by(CLI), values.pos, values.id, ctx.clock)
      if (outcome === 'not_found') throw new Refused('no secret has this ID; see: loyapro pos list')
      return { lines: ['retired'], data: { id: values.id } }
    }),
})

const issueToken = defineCommand({
  name: 'pos token issue',
  summary: 'Issue a token to a POS. It is shown once.',
  options: {
    pos: POS,
    expires: { type: 'string', help: 'Expiry time. Default: never.' },
    replaces: {
      type: 'string',
      help: 'ID (jti) of the token that it replaces. That one is revoked after the overlap.',
    },
    overlap: { type: 'string', help: 'Hours for which both tokens are valid. Default: 24.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const hours = Number(values.overlap ?? 24)
      if (!Number.isInteger(hours) || hours < 0 || hours > 720)
        throw new UsageError('--overlap must be a whole number of hours from 0 to 720')
      const expiresAt = values.expires === undefined ? null : instantOption('expires', values.expires)
      const adapter = await adapterOf(ctx.db, values.pos)
      const integration = adapter === null ? undefined : ctx.integrations.find(adapter)
      if (integration && integration.authentication.kind !== 'jwt') throw new Refused(TOKEN_REFUSALS.no_tokens)
      const outcome = await issuePosToken(ctx.db, values.pos, expiresAt, ctx)
      if (outcome.kind !== 'issued') throw new Refused(TOKEN_REFUSALS[outcome.kind])
      const { token, jti } = outcome
      const { replaces } = values
      if (replaces !== undefined) {
        await revokePosTokens(
          ctx.db.by(CLI),
          values.pos,
          { jti: replaces, from: ctx.clock.now() + hours * 3_600_000 },
          ctx,
        )
      }
      return { lines: [`token: ${token}`, `jti: ${jti}`], data: { token, jti } }
    }),
})

const TOKEN_REFUSALS = {
  no_tokens: 'this POS does not use tokens; its vendor states the secret: loyapro pos secret add --secret',
  pos_unknown: 'no POS has this name; see: loyapro pos list',
  no_secret: 'this POS has no active secret; next: loyapro pos secret add',
}

const revokeToken = defineCommand({
  name: 'pos token revoke',
  summary: 'Revoke one token, or all tokens issued before a time. Takes effect within 5 seconds.',
  options: {
    pos: POS,
    jti: { type: 'string', help: 'ID of the token (jti).' },
    'issued-before': { type: 'string', help: 'Revoke what was issued before this time.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const { jti, 'issued-before': before } = values
      if ((jti === undefined) === (before === undefined)) throw new UsageError('use either --jti or --issued-before')
      const what = jti !== undefined ? { jti } : { issuedBefore: instantOption('issued-before', before ?? '') }
      const outcome = await revokePosTokens(ctx.db.by(CLI), values.pos, what, ctx)
      if (outcome === 'pos_unknown') throw new Refused('no POS has this name; see: loyapro pos list')
      return { lines: ['revoked'], data: { revoked: true } }
    }),
})

export const posCommands: readonly Command[] = [register, list, addSecret, retireSecret, issueToken, revokeToken]
