// loyapro business …: businesses, the tenants of LoyaPro.
import { type Business, createBusiness, listBusinesses } from '../businesses/businesses.ts'
import { countryOf } from '../kernel/country.ts'
import { formatId } from '../kernel/ids.ts'
import { CLI, type Command, defineCommand, Refused } from './command.ts'
import { choiceOption, formatTime, table } from './values.ts'

const create = defineCommand({
  name: 'business create',
  summary: 'Add a business.',
  options: {
    name: { type: 'string', required: true, help: 'Its name in English.' },
    'name-ar': { type: 'string', help: 'Its name in Arabic.' },
    currency: { type: 'string', help: 'ISO 4217 currency code. Default: SAR. It cannot be changed later.' },
    timezone: { type: 'string', help: 'IANA time zone. Default: Asia/Riyadh.' },
    country: {
      type: 'string',
      help: 'ISO 3166 country code of phone numbers without one. Default: the country of the time zone.',
    },
    language: { type: 'string', help: 'Language of messages for cashiers: ar or en. Default: ar.' },
  },
  run: (values, { open }) =>
    open(async (ctx) => {
      const input = {
        name: values.name,
        name_ar: values['name-ar'] ?? null,
        currency: values.currency ?? 'SAR',
        timezone: values.timezone ?? 'Asia/Riyadh',
        country: values.country?.toUpperCase() ?? null,
        language: choiceOption('language', values.language ?? 'ar', ['ar', 'en']),
      }
      const outcome = await ctx.db.write(CLI, (tx) => createBusiness(tx, input, ctx))
      if (outcome.kind !== 'created') throw new Refused(REFUSALS[outcome.kind])
      return { lines: [`created ${show(outcome.business).id}`], data: show(outcome.business) }
    }),
})

const REFUSALS = {
  name_missing: 'the name is empty',
  currency_unknown: 'unknown currency: use a three-letter code, e.g. --currency SAR',
  timezone_unknown: 'unknown time zone: use an IANA name, e.g. --timezone Asia/Riyadh',
  country_unknown: 'unknown country: use a two-letter code, e.g. --country SA',
}

const list = defineCommand({
  name: 'business list',
  summary: 'List the businesses.',
  options: {},
  run: (_values, { open }) =>
    open(async (ctx) => {
      const businesses = (await listBusinesses(ctx.db)).map(show)
      const rows = businesses.map((each) => [
        each.id,
        each.name,
        each.currency,
        each.timezone,
        each.country ?? '',
        each.created_at,
      ])
      return { lines: table(['id', 'name', 'currency', 'time zone', 'country', 'created'], rows), data: businesses }
    }),
})

function show(business: Business) {
  const { country: _, ...rest } = business
  return {
    ...rest,
    id: formatId('business', business.id),
    country: countryOf(business),
    created_at: formatTime(business.created_at),
  }
}

export const businessCommands: readonly Command[] = [create, list]
