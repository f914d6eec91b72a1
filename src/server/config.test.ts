// From the environment to the configuration, or to an error that names the remedy.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { ConfigError, loadConfig, readSettings } from './config.ts'

const KEY = Buffer.alloc(32, 7)

test('an empty environment is enough', () => {
  const settings = {
    host: '127.0.0.1',
    port: 3000,
    dataDir: resolve('data'),
    lanes: 4,
    logLevel: 'info',
    retentionMonths: 13,
    maxConnections: 2_000,
  }
  assert.deepEqual(readSettings({}), settings)
  assert.deepEqual(
    readSettings({ PORT: '', DATABASE_URL: ' ', LOYAPRO_SECRET_KEY: '' }),
    settings,
    'an empty variable is not set',
  )
})

test('every variable is read', () => {
  const env = {
    DATABASE_URL: 'postgres://u:p@db/loyapro',
    HOST: '0.0.0.0',
    PORT: '8080',
    LOYAPRO_DATA_DIR: '/var/lib/loyapro',
    LOYAPRO_LANES: '8',
    LOYAPRO_LOG_LEVEL: 'DEBUG',
    LOYAPRO_SECRET_KEY: KEY.toString('base64'),
    LOYAPRO_RETENTION_MONTHS: '24',
    LOYAPRO_MAX_CONNECTIONS: '500',
    LOYAPRO_METRICS_TOKEN: 'sample-metrics-token',
    LOYAPRO_PUBLIC_URL: 'https://loyalty.example.com/',
    LOYAPRO_SMTP_URL: 'smtps://sample:secret@mail.example.com:465',
    LOYAPRO_MAIL_FROM: 'LoyaPro <no-reply@loyalty.example.com>',
  }
  assert.deepEqual(readSettings(env), {
    databaseUrl: 'postgres://u:p@db/loyapro',
    host: '0.0.0.0',
    port: 8080,
    dataDir: '/var/lib/loyapro',
    lanes: 8,
    logLevel: 'debug',
    secretKey: KEY,
    retentionMonths: 24,
    maxConnections: 500,
    metricsToken: 'sample-metrics-token',
    publicUrl: 'https://loyalty.example.com',
    smtp: {
      url: 'smtps://sample:secret@mail.example.com:465',
      from: 'LoyaPro <no-reply@loyalty.example.com>',
    },
  })
})

test('the mail server and the sender are set together, and an error does not contain the password', () => {
  const server = 'smtps://sample:secret@mail.example.com'
  for (const [env, remedy] of [
    [{ LOYAPRO_SMTP_URL: server }, /set both LOYAPRO_SMTP_URL and LOYAPRO_MAIL_FROM/],
    [{ LOYAPRO_MAIL_FROM: 'no-reply@example.com' }, /set both/],
    [{ LOYAPRO_SMTP_URL: 'https://sample:secret@mail', LOYAPRO_MAIL_FROM: 'a@b.c' }, /LOYAPRO_SMTP_URL is not a valid/],
    [{ LOYAPRO_SMTP_URL: server, LOYAPRO_MAIL_FROM: 'LoyaPro' }, /LOYAPRO_MAIL_FROM is "LoyaPro"/],
  ] as const) {
    assert.throws(
      () => readSettings(env),
      (error) => error instanceof ConfigError && remedy.test(error.message) && !error.message.includes('secret'),
    )
  }
})

test('Foodics: client ID and secret are set together, and are never sent over plain HTTP', () => {
  const app = { LOYAPRO_FOODICS_CLIENT_ID: 'sample', LOYAPRO_FOODICS_CLIENT_SECRET: 'sample-secret' }
  assert.deepEqual(readSettings(app).clients?.foodics, {
    apiUrl: 'https://api.foodics.com',
    consoleUrl: 'https://console.foodics.com',
    clientId: 'sample',
    clientSecret: 'sample-secret',
  })
  assert.equal(
    readSettings({ ...app, LOYAPRO_FOODICS_API_URL: 'http://127.0.0.1:4100/' }).clients?.foodics?.apiUrl,
    'http://127.0.0.1:4100',
  )
  assert.equal(readSettings({ ...app, LOYAPRO_POS_TIMEOUT_MS: '2000' }).posTimeoutMs, 2_000)
  assert.throws(() => readSettings({ LOYAPRO_FOODICS_CLIENT_ID: 'sample' }), /LOYAPRO_FOODICS_CLIENT_SECRET is missing/)
  for (const address of [
    'http://foodics.example.com',
    'https://user@foodics.example.com',
    'https://x.example.com?a=1',
  ]) {
    assert.throws(
      () => readSettings({ ...app, LOYAPRO_FOODICS_API_URL: address }),
      /^ConfigError: LOYAPRO_FOODICS_API_URL/,
    )
  }
})

test('the key can be hex, base64 or base64url', () => {
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    assert.deepEqual(readSettings({ LOYAPRO_SECRET_KEY: KEY.toString(encoding) }).secretKey, KEY)
  }
})

test('an invalid value is refused with the name of the variable and the remedy, without secrets', () => {
  const refused: [NodeJS.ProcessEnv, RegExp][] = [
    [{ PORT: '99999' }, /^PORT is "99999": set it to a whole number from 0 to 65535$/],
    [{ PORT: '3000.5' }, /^PORT/],
    [{ PORT: '-1' }, /^PORT/],
    [{ LOYAPRO_LANES: '0' }, /^LOYAPRO_LANES .* from 1 to 64$/],
    [{ LOYAPRO_LOG_LEVEL: 'loud' }, /^LOYAPRO_LOG_LEVEL is "loud": set it to one of trace, debug, info/],
    [{ LOYAPRO_RETENTION_MONTHS: 'ever' }, /^LOYAPRO_RETENTION_MONTHS/],
    [{ LOYAPRO_PUBLIC_URL: 'loyalty.example.com' }, /^LOYAPRO_PUBLIC_URL is not a valid URL: use a form like https:/],
    [
      { DATABASE_URL: 'mysql://root:hunter2@db' },
      /^DATABASE_URL is not a valid URL(?!.*hunter2): use a form like postgres:/,
    ],
    [{ LOYAPRO_SECRET_KEY: 'hunter2' }, /^LOYAPRO_SECRET_KEY must be 32 bytes (?!.*hunter2).*openssl rand/],
  ]
  for (const [env, message] of refused) {
    assert.throws(
      () => readSettings(env),
      (error) => error instanceof ConfigError && message.test(error.message),
      JSON.stringify(env),
    )
  }
})

test('without a key, one is created in the data directory, readable by its owner; concurrent and later starts use it', async (t) => {
  const place = await mkdtemp(join(tmpdir(), 'loyapro-config-'))
  t.after(() => rm(place, { recursive: true }))
  const dataDir = join(place, 'data')
  const env = { LOYAPRO_DATA_DIR: dataDir }
  const configs = await Promise.all(Array.from({ length: 10 }, () => loadConfig(env)))
  const { secretKey } = await loadConfig(env)
  assert.equal(secretKey.length, 32)
  for (const config of configs) assert.deepEqual(config.secretKey, secretKey)
  assert.deepEqual(await readdir(dataDir), ['secret.key'])
  assert.equal((await stat(join(dataDir, 'secret.key'))).mode & 0o777, 0o600)
  assert.deepEqual((await loadConfig({ ...env, LOYAPRO_SECRET_KEY: KEY.toString('hex') })).secretKey, KEY)

  await writeFile(join(dataDir, 'secret.key'), 'gone wrong')
  await assert.rejects(loadConfig(env), /contains no key: restore the file from a backup/)
  assert.equal(
    await readFile(join(dataDir, 'secret.key'), 'utf8'),
    'gone wrong',
    'an existing file is never overwritten',
  )
})
