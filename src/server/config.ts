// The configuration, read from the environment and validated once. No other module reads the
// environment.
import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ClientSettings } from '../integrations/clients.ts'
import { type Integrations, shippedIntegrations } from '../integrations/registry.ts'
import type { SmtpSettings } from '../mail/smtp.ts'

export interface Settings {
  /** URL of the PostgreSQL server. Default: the embedded one. */
  readonly databaseUrl?: string
  readonly host: string
  readonly port: number
  /** Absolute path of the folder with the embedded database and secret.key. */
  readonly dataDir: string
  /** Maximum number of ingest batches in flight. */
  readonly lanes: number
  /** Maximum number of concurrent connections of callers. */
  readonly maxConnections: number
  readonly logLevel: LogLevel
  /** Bearer token for `/metrics`. Without it, nobody can read them. */
  readonly metricsToken?: string
  /** NODE_ENV is `production`: no demo business, token or key is created. */
  readonly production?: boolean
  /** 32 bytes, if set in the environment. */
  readonly secretKey?: Buffer
  /** Retention of delivery bodies, in months. */
  readonly retentionMonths: number
  /** Public base URL, without a trailing slash. */
  readonly publicUrl?: string
  /** Settings of the POS systems that LoyaPro can call, by integration. */
  readonly clients?: ClientSettings
  /** Time limit for an answer of a POS, in milliseconds. Default: set by its integration. */
  readonly posTimeoutMs?: number
  /** The mail server. Without it, mails are written to standard output. */
  readonly smtp?: SmtpSettings
}

export type Config = Settings & { readonly secretKey: Buffer }

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** A variable has an invalid value. The message names the variable and says what to set. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * The complete configuration. Without LOYAPRO_SECRET_KEY, the key that encrypts secrets is read
 * from the data directory, or created there.
 */
export async function loadConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const settings = readSettings(env)
  return { ...settings, secretKey: settings.secretKey ?? (await loadSecretKey(settings.dataDir)) }
}

/** Pure. An empty variable counts as not set. Throws ConfigError. */
export function readSettings(env: NodeJS.ProcessEnv, integrations: Integrations = shippedIntegrations): Settings {
  const databaseUrl = url(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host/db')
  const secretKey = key(env, 'LOYAPRO_SECRET_KEY')
  const publicUrl = url(env, 'LOYAPRO_PUBLIC_URL', ['http:', 'https:'], 'https://loyalty.example.com')
  const clients = readClients(env, integrations)
  const metricsToken = token(env, 'LOYAPRO_METRICS_TOKEN')
  const smtp = readSmtp(env)
  const posTimeoutMs =
    text(env, 'LOYAPRO_POS_TIMEOUT_MS') && integer(env, 'LOYAPRO_POS_TIMEOUT_MS', 15_000, 100, 60_000)
  return {
    ...(databaseUrl && { databaseUrl }),
    host: text(env, 'HOST') ?? '127.0.0.1',
    port: integer(env, 'PORT', 3000, 0, 65_535),
    dataDir: resolve(text(env, 'LOYAPRO_DATA_DIR') ?? 'data'),
    lanes: integer(env, 'LOYAPRO_LANES', 4, 1, 64),
    maxConnections: integer(env, 'LOYAPRO_MAX_CONNECTIONS', 2_000, 10, 1_000_000),
    logLevel: oneOf(env, 'LOYAPRO_LOG_LEVEL', LOG_LEVELS, 'info'),
    ...(text(env, 'NODE_ENV')?.toLowerCase() === 'production' && { production: true }),
    ...(secretKey && { secretKey }),
    retentionMonths: integer(env, 'LOYAPRO_RETENTION_MONTHS', 13, 1, 1200),
    ...(metricsToken && { metricsToken }),
    ...(publicUrl && { publicUrl }),
    ...(Object.keys(clients).length > 0 && { clients }),
    ...(posTimeoutMs && { posTimeoutMs }),
    ...(smtp && { smtp }),
  }
}

/** Both variables, or neither. */
function readSmtp(env: NodeJS.ProcessEnv): SmtpSettings | undefined {
  const server = url(env, 'LOYAPRO_SMTP_URL', ['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com:465')
  const from = text(env, 'LOYAPRO_MAIL_FROM')
  if (server === undefined && from === undefined) return undefined
  if (server === undefined || from === undefined) {
    throw new ConfigError('set both LOYAPRO_SMTP_URL and LOYAPRO_MAIL_FROM, or neither of them')
  }
  if (/^([^<>@\p{Cc}]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/u.test(from)) return { url: server, from }
  throw new ConfigError(
    `LOYAPRO_MAIL_FROM is ${quote(from)}: set it to an address, e.g. LoyaPro <no-reply@example.com>`,
  )
}

/**
 * A client is configured when all its credentials are set. Its URLs must be HTTPS, because secrets
 * are sent to them, or this machine.
 */
function readClients(env: NodeJS.ProcessEnv, integrations: Integrations): ClientSettings {
  const clients = integrations.all.flatMap(({ name, client }) => {
    const settings = Object.entries(client?.settings ?? {})
    const values = settings.map(([key, setting]) => {
      const { variable } = setting
      return [key, setting.kind === 'url' ? remote(env, variable, setting.fallback) : text(env, variable)] as const
    })
    const credentials = settings.filter(([, { kind }]) => kind === 'credential').map(([, { variable }]) => variable)
    const missing = credentials.filter((variable) => text(env, variable) === undefined)
    if (credentials.length === missing.length) return []
    if (missing.length > 0) {
      throw new ConfigError(
        `${missing.join(', ')} is missing: set all of ${credentials.join(' and ')}, or none of them`,
      )
    }
    return [[name, Object.fromEntries(values.map(([key, value]) => [key, value ?? '']))] as const]
  })
  return Object.fromEntries(clients)
}

function remote(env: NodeJS.ProcessEnv, name: string, fallback: string): string {
  const address = url(env, name, ['http:', 'https:'], fallback) ?? fallback
  const { protocol, hostname, search, hash, username } = new URL(address)
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  if ((protocol === 'https:' || isHere) && search === '' && hash === '' && username === '') return address
  throw new ConfigError(
    `${name} must be a URL that is safe for secrets (https, or this machine): use a form like ${fallback}`,
  )
}

function text(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

function integer(env: NodeJS.ProcessEnv, name: string, fallback: number, least: number, most: number): number {
  const value = text(env, name)
  if (value === undefined) return fallback
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= least && number <= most) return number
  throw new ConfigError(`${name} is ${quote(value)}: set it to a whole number from ${least} to ${most}`)
}

function oneOf<T extends string>(env: NodeJS.ProcessEnv, name: string, choices: readonly T[], fallback: T): T {
  const value = text(env, name)
  if (value === undefined) return fallback
  const choice = choices.find((each) => each === value.toLowerCase())
  if (choice !== undefined) return choice
  throw new ConfigError(`${name} is ${quote(value)}: set it to one of ${choices.join(', ')}`)
}

/** The message does not contain the value, which may include a password. */
function url(env: NodeJS.ProcessEnv, name: string, protocols: string[], example: string): string | undefined {
  const value = text(env, name)
  if (value === undefined) return undefined
  const parsed = URL.parse(value)
  if (parsed && protocols.includes(parsed.protocol)) return value.replace(/\/+$/, '')
  throw new ConfigError(`${name} is not a valid URL: use a form like ${example}`)
}

/** The message does not contain the value, which is a secret. */
function token(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = text(env, name)
  if (value === undefined || /^[!-~]{16,200}$/.test(value)) return value
  throw new ConfigError(`${name} must be 16 to 200 visible ASCII characters: generate one with "openssl rand -hex 24"`)
}

/** The message does not contain the value, which is a secret. */
function key(env: NodeJS.ProcessEnv, name: string): Buffer | undefined {
  const value = text(env, name)
  if (value === undefined) return undefined
  const bytes = parseKey(value)
  if (bytes) return bytes
  throw new ConfigError(`${name} must be 32 bytes in hex or base64: generate one with "openssl rand -base64 32"`)
}

function parseKey(value: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex')
  return /^[\w+/-]{43}=?$/.test(value) ? Buffer.from(value, 'base64') : undefined
}

/**
 * Reads or creates `secret.key`. Of processes that create it concurrently, all use the first one.
 */
async function loadSecretKey(dataDir: string): Promise<Buffer> {
  const file = join(dataDir, 'secret.key')
  await mkdir(dataDir, { recursive: true })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  try {
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  const bytes = parseKey((await readFile(file, 'utf8')).trim())
  if (bytes) return bytes
  throw new ConfigError(
    `${file} contains no key: restore the file from a backup, otherwise stored secrets cannot be decrypted`,
  )
}

function quote(value: string): string {
  return JSON.stringify(value.slice(0, 40))
}
