// loyapro key …: API keys of a business.
import { SCOPES, type Scope } from '../../contract/scopes.ts'
import { type ApiKey, createApiKey, listApiKeys, revokeApiKey } from '../businesses/api-keys.ts'
import { findBusiness } from '../businesses/businesses.ts'
import { formatId } from '../kernel/ids.ts'
import { CLI, type Command, defineCommand, Refused } from './command.ts'
import { choiceOption, formatTime, idOption, instantOption, table } from './values.ts'

const BUSINESS = { type: 'string', required: true, help: 'Business ID (biz_…).' } as const

const create = defineCommand({
  name: 'key create',
  summary: 'Create an API key. It is shown once.',
  options: {
    business: BUSINESS,
    name: { type: 'string', required: true, help: 'Name of the key, for example Dashboard.' },
    scopes: { type: 'string', help: `Comma-separated scopes. Default: all. One or more of: ${SCOPES.join(',')}.` },
    expires: { type: 'string', help: 'Expiry time. Default: never.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const businessId = idOption('business', 'business', values.business)
      if (!(await findBusiness(ctx.db, businessId))) {
        throw new Refused('no business has this ID; see: loyapro business list')
      }
      const scopes = values.scopes === undefined ? SCOPES : readScopes(values.scopes)
      const expiresAt = values.expires === undefined ? null : instantOption('expires', values.expires)
      const { key, secret } = await createApiKey(
        ctx.db.by(CLI),
        { businessId, name: values.name, scopes, expiresAt },
        ctx,
      )
      return { lines: [`key: ${secret}`, `id: ${show(key).id}`], data: { ...show(key), secret } }
    }),
})

const list = defineCommand({
  name: 'key list',
  summary: 'List the API keys of a business.',
  options: { business: BUSINESS },
  run: (values, { open }) =>
    open(async (ctx) => {
      const keys = (await listApiKeys(ctx.db, idOption('business', 'business', values.business))).map(show)
      const rows = keys.map((key) => [key.id, key.name, key.prefix, key.created_at, key.expires_at, key.revoked_at])
      return { lines: table(['id', 'name', 'begins with', 'created', 'expires', 'revoked'], rows), data: keys }
    }),
})

const revoke = defineCommand({
  name: 'key revoke',
  summary: 'Revoke an API key and the keys created with it. Takes effect within 5 seconds.',
  options: { business: BUSINESS, id: { type: 'string', required: true, help: 'Key ID (key_…).' } },
  run: (values, { open }) =>
    open(async (ctx) => {
      const businessId = idOption('business', 'business', values.business)
      const keyId = idOption('apiKey', 'id', values.id)
      const outcome = await ctx.db.write(CLI, (tx) => revokeApiKey(tx, businessId, keyId, ctx.clock.now()))
      if (outcome === 'not_found') throw new Refused('no key has this ID; see: loyapro key list')
      return { lines: ['revoked'], data: { id: values.id } }
    }),
})

function readScopes(text: string): Scope[] {
  return text.split(',').map((scope) => choiceOption('scopes', scope.trim(), SCOPES))
}

function show({ id, name, prefix, scopes, createdAt, expiresAt, revokedAt }: ApiKey) {
  return {
    id: formatId('apiKey', id),
    name,
    prefix,
    scopes,
    created_at: formatTime(createdAt),
    expires_at: formatTime(expiresAt),
    revoked_at: formatTime(revokedAt),
  }
}

export const keyCommands: readonly Command[] = [create, list, revoke]
