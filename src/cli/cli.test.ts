// The command line as an operator uses it: from an empty database to a verified business.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { createSeal } from '../businesses/seal.ts'
import { must } from '../kernel/assert.ts'
import { systemClock } from '../kernel/clock.ts'
import { parseId } from '../kernel/ids.ts'
import { createResetToken } from '../staff/reset-password.ts'
import { beginSecondFactor, confirmSecondFactor, hasSecondFactor } from '../staff/second-factor.ts'
import { findToken } from '../staff/tokens.ts'
import { codeOf } from '../staff/totp.ts'
import { main } from './main.ts'

const dataDir = await mkdtemp(join(tmpdir(), 'loyapro-cli-'))
after(() => rm(dataDir, { recursive: true }))
const { url, db } = await testDatabase()

interface Output {
  code: number
  out: string
  err: string
}

async function loyapro(line: string | string[], databaseUrl = url): Promise<Output> {
  const output: Output = { code: -1, out: '', err: '' }
  const around = {
    env: { DATABASE_URL: databaseUrl, LOYAPRO_DATA_DIR: dataDir },
    stdout: (text: string) => {
      output.out += text
    },
    stderr: (text: string) => {
      output.err += text
    },
  }
  output.code = await main(typeof line === 'string' ? line.split(' ') : line, around)
  return output
}

/** The `--json` output of a command that succeeds. */
async function json(line: string) {
  const { code, out, err } = await loyapro(`${line} --json`)
  assert.equal(code, 0, err)
  return JSON.parse(out)
}

async function refused(line: string, code: number, words: RegExp): Promise<void> {
  const output = await loyapro(line)
  assert.equal(output.code, code, line)
  assert.match(output.err, words, line)
  assert.equal(output.out, '', 'standard output stays empty')
}

test('every command has help, and an unknown command prints the list', async () => {
  const overview = await loyapro('--help')
  assert.equal(overview.code, 0)
  const names = [...overview.out.matchAll(/^ {2}(\w+(?: \w+)*) {2,}/gm)].map(([, name]) => name ?? '')
  assert(names.length >= 15)
  for (const name of names) {
    const help = await loyapro([...name.split(' '), '--help'])
    assert.equal(help.code, 0)
    assert.match(help.out, new RegExp(`^loyapro ${name}: .+\\.\\n`))
  }
  const wrong = await loyapro('key delete')
  assert.equal(wrong.code, 2)
  assert.match(wrong.err, /unknown command "key delete"(.|\n)*key revoke/)
})

test('an empty database names the remedy; a second migration changes nothing', async (t) => {
  const empty = await testDatabase(t, { blank: true })
  const before = await loyapro('business list', empty.url)
  assert.deepEqual(
    [before.code, before.err],
    [1, 'loyapro business list: the database has no schema: run `loyapro migrate` first\n'],
  )
  assert.match((await loyapro('migrate', empty.url)).out, /^applied 0001_/)
  assert.equal((await loyapro('migrate', empty.url)).out, 'the schema is up to date\n')
})

test('an unreachable database or an invalid setting prints one sentence, without a stack', async () => {
  const away = await loyapro('business list', 'postgres://127.0.0.1:1/none')
  assert.equal(away.code, 1)
  assert.match(away.err, /unavailable.*check DATABASE_URL/)
  const odd = await loyapro('business list', 'mysql://x')
  assert.equal(odd.code, 1)
  assert.match(odd.err, /DATABASE_URL is not a valid URL/)
})

test('wrong options exit with 2 and are named; a refusal exits with 1 and names the remedy', async () => {
  await refused('business create', 2, /missing required option --name/)
  await refused('business create --nmae x', 2, /--nmae/)
  await refused('business create --name x --language fr', 2, /--language must be one of ar, en/)
  await refused('business create --name x --currency XYZ', 1, /unknown currency: use a three-letter code/)
  await refused('business create --name x --country ZZ', 1, /unknown country: use a two-letter code/)
  await refused('key list --business prg_00000000000000000000000000', 2, /not a valid business ID/)
  await refused('key create --business biz_00000000000000000000000000 --name x', 1, /loyapro business list/)
  await refused('pos token issue --pos nowhere', 1, /loyapro pos list/)
  await refused('pos token issue --pos nowhere --expires soon', 2, /--expires must be a time/)
  await refused('pos token revoke --pos nowhere', 2, /either --jti or --issued-before/)
  await refused('verify --business biz_00000000000000000000000000', 1, /no business has the ID/)
  await refused('replay --business biz_00000000000000000000000000', 2, /--delivery, --from, --to or --result/)
})

test('a business and a POS are created, connected, given keys, and disconnected', async () => {
  await loyapro('migrate')
  const business = (await loyapro(['business', 'create', '--name', 'Sample Shop', '--json'])).out
  const { id } = JSON.parse(business)
  assert.match(id, /^biz_/)
  assert((await json('business list')).some((each: { id: string }) => each.id === id))

  assert.deepEqual(await json('pos register --name tills --title Tills'), {
    name: 'tills',
    title: 'Tills',
    adapter: 'standard',
  })
  await refused('pos register --name tills', 1, /tills is already registered/)
  await refused('pos token issue --pos tills', 1, /loyapro pos secret add/)
  assert.deepEqual(Object.keys(await json('pos secret add --pos tills')), ['id', 'secret'])
  await refused('pos secret add --pos tills --secret short', 1, /at least 32 bytes/)
  const second = await json('pos secret add --pos tills --secret short --allow-short')
  assert.deepEqual(Object.keys(second), ['id'], 'a given secret is not printed')
  await refused('pos secret add --pos tills', 1, /two secrets are already active/)
  const [pos] = await json('pos list')
  assert.equal(pos.secrets.length, 2)
  assert.equal((await loyapro(`pos secret retire --pos tills --id ${second.id}`)).code, 0)
  assert.equal((await json('pos list'))[0].secrets[0].retired_at !== null, true)

  const { token, jti } = await json('pos token issue --pos tills --expires 2090-01-01')
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
  assert.deepEqual(
    [claims.platform, claims.name, claims.jti, claims.exp],
    ['pos', 'tills', jti, Date.parse('2090-01-01') / 1000],
  )
  const next = await json(`pos token issue --pos tills --expires 2090-01-01 --replaces ${jti} --overlap 48`)
  assert.notEqual(next.jti, jti)
  await refused('pos token issue --pos tills --overlap soon', 2, /--overlap must be a whole number/)
  assert.equal((await loyapro(`pos token revoke --pos tills --jti ${jti}`)).code, 0)

  assert.equal((await json(`connect --pos tills --reference till-7 --business ${id}`)).outcome, 'connected')
  assert.equal((await json(`connections --business ${id}`))[0].reference, 'till-7')
  assert.equal((await loyapro(`disconnect --pos tills --reference till-7 --business ${id}`)).code, 0)
  await refused(`disconnect --pos tills --reference till-7 --business ${id}`, 1, /this connection does not exist/)

  const key = await json(`key create --business ${id} --name till --scopes orders:read,customers:read`)
  assert.match(key.secret, /^lp_live_/)
  assert.deepEqual(key.scopes, ['orders:read', 'customers:read'])
  await refused(`key create --business ${id} --name till --scopes everything`, 2, /--scopes must be one of/)
  assert.equal((await loyapro(`key revoke --business ${id} --id ${key.id}`)).code, 0)
  const [listed] = await json(`key list --business ${id}`)
  assert.equal(listed.revoked_at !== null, true)
  assert.equal('secret' in listed, false)
})

test('verify finds a balance that was changed by hand: exit code 1', async () => {
  await loyapro('migrate')
  const { id } = JSON.parse((await loyapro(['business', 'create', '--name', 'Sample Proof', '--json'])).out)
  assert.deepEqual(await json(`verify --business ${id}`), [{ business_id: id, differences: [] }])
  // 5 points without a transfer; the check of the row requires that they were issued.
  await db.query(
    `insert into accounts (business_id, customer_id, program_id, available, issued, created_at)
     select id, gen_random_uuid(), gen_random_uuid(), 5, -5, now() from businesses where name = 'Sample Proof'`,
  )
  const { code, out } = await loyapro(`verify --business ${id}`)
  assert.equal(code, 1)
  assert.match(out, /available.*stored 5, derived 0/)
})

test('the operator turns off the second factor of a person; a new password leaves it on', async () => {
  const { id: business } = JSON.parse((await loyapro(['business', 'create', '--name', 'Sample Staff', '--json'])).out)
  const email = 'lost@example.com'
  const { id } = await json(`staff create-owner --business ${business} --email ${email} --name Noura`)
  const staffId = parseId('staff', id) ?? ''
  const deps = { seal: createSeal(randomBytes(32)), clock: systemClock }
  await refused(`staff remove-second-factor --email ${email}`, 1, /has no second factor/)
  await refused('staff remove-second-factor --email nobody@example.com', 1, /nobody has this email address/)
  await db.transaction(async (tx) => {
    const secret = must(await beginSecondFactor(tx, staffId, deps), 'a secret')
    const code = codeOf(secret, Math.floor(Date.now() / 30_000))
    assert.equal((await confirmSecondFactor(tx, { staffId, code }, deps)).kind, 'on')
  })
  const link = await createResetToken(db, staffId, deps)
  await json(`staff reset-password --email ${email}`)
  assert.equal(await findToken(db, link, 'password_reset', Date.now()), null, 'a link from before ends')
  assert.equal(await hasSecondFactor(db, staffId), true)
  assert.deepEqual(await json(`staff remove-second-factor --passkeys --email ${email}`), {
    id,
    was_on: true,
    deleted_passkeys: 0,
  })
  assert.equal(await hasSecondFactor(db, staffId), false)
  const [reset, entry] = await db.query(
    'select actor, operation, subject, after from activity where business_id = $1 order by id',
    [parseId('business', business)],
  )
  assert.deepEqual(reset, { actor: 'system:cli', operation: 'resetPassword', subject: id, after: null })
  assert.deepEqual(entry, {
    actor: 'system:cli',
    operation: 'turnOffSecondFactor',
    subject: id,
    after: { second_factor: false, deleted_passkeys: 0 },
  })
})
