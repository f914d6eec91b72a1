// The demo of a first start: two POS systems, a sample business, and demo.json with its URL and
// keys.
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { updateBrand } from '../businesses/brand.ts'
import { listBusinesses } from '../businesses/businesses.ts'
import { connect } from '../businesses/connections.ts'
import { addPosSecret, registerPos } from '../businesses/pos-systems.ts'
import { issuePosToken } from '../businesses/pos-tokens.ts'
import type { Seal } from '../businesses/seal.ts'
import type { Database, WriteTransaction } from '../db/database.ts'
import { shippedIntegrations } from '../integrations/registry.ts'
import { assert, must } from '../kernel/assert.ts'
import { type Clock, type EpochMs, ManualClock } from '../kernel/clock.ts'
import { createIds, formatId, type Ids, parseId, type Uuid } from '../kernel/ids.ts'
import type { Passwords } from '../staff/password.ts'
import { createDemoOwner, type DemoOwner } from './demo-owner.ts'
import { setDemoTerms } from './demo-terms.ts'
import { type Recording, readRecording, shiftTo } from './recording.ts'
import { createSampleBusiness } from './sample-business.ts'
import { markAsDemo } from './state.ts'

/** The content of demo.json. IDs are in API format. */
export type Demo = Static<typeof DemoSchema>

const DemoSchema = Type.Object({
  base_url: Type.String(),
  pos_name: Type.String(),
  pos_token: Type.String(),
  api_key: Type.String(),
  business_id: Type.String(),
  /** Reference of the business in the orders of the POS. */
  business_reference: Type.String(),
  programs: Type.Object({
    points: Type.String(),
    stamps: Type.String(),
    cashback: Type.String(),
    subscription: Type.String(),
  }),
  /** The owner, who can sign in. */
  staff: Type.Object({ email: Type.String(), password: Type.String() }),
})

/** A demo.json that was written before demos had an owner. */
const EarlierDemoSchema = Type.Omit(DemoSchema, ['staff'])
type EarlierDemo = Static<typeof EarlierDemoSchema>

export interface DemoDeps {
  db: Database
  ids: Ids
  clock: Clock
  seal: Seal
  passwords: Passwords
  dataDir: string
}

/**
 * Creates the demo when the database has no business; otherwise updates `base_url` and the token in
 * demo.json. A token is valid for one hour. Null when there is no demo: the database has
 * businesses, and demo.json is missing or belongs to another database.
 */
export async function prepareDemo(deps: DemoDeps, baseUrl: string): Promise<Demo | null> {
  const isEmpty = (await listBusinesses(deps.db)).length === 0
  const recording = isEmpty ? await readRecording() : null
  const created = isEmpty ? await deps.db.write('system:demo', (tx) => createDemo(deps, tx, baseUrl, recording)) : null
  if (created) return created
  const businesses = await listBusinesses(deps.db)
  const demo = await readDemo(deps.dataDir)
  if (!demo || !businesses.some(({ id }) => formatId('business', id) === demo.business_id)) return null
  const issued = await issuePosToken(deps.db, demo.pos_name, deps.clock.now() + TOKEN_VALID_MS, deps)
  if (issued.kind !== 'issued') return null
  const staff =
    'staff' in demo
      ? demo.staff
      : await deps.db.write('system:demo', (tx) => createDemoOwner(tx, businessOf(demo), deps))
  const current = { ...demo, base_url: baseUrl, pos_token: issued.token, staff }
  await writeDemo(deps.dataDir, current)
  return current
}

/**
 * The owner in demo.json, who keeps their account when the demo is removed. Null without a demo.json.
 */
export async function readDemoOwner(dataDir: string): Promise<DemoOwner | null> {
  const demo = await readDemo(dataDir)
  return demo && 'staff' in demo ? demo.staff : null
}

/** Short, because the token is printed on the screen and stored in a file. */
const TOKEN_VALID_MS = 3_600_000

const REFERENCE = '440810'

/** The colours of a coffee shop. */
const DEMO_BRAND = {
  colors: { shop: '#5b2a1c', ink: '#ffffff', warm: '#ffd9a0', text: '#5b2a1c' },
  card: { stamp: 'tick', hero: 'plain' },
} as const

/**
 * Null when another process was first. The file is written before the commit, so that no demo
 * exists whose keys are lost; a file of a rolled back demo is overwritten.
 */
async function createDemo(
  deps: DemoDeps,
  tx: WriteTransaction,
  baseUrl: string,
  recording: Recording | null,
): Promise<Demo | null> {
  await tx.query('lock table businesses in share row exclusive mode')
  if ((await listBusinesses(tx)).length > 0) return null
  const { businessId, programs, apiKey } = await createWithHistory(deps, tx, recording)
  await updateBrand(tx, businessId, DEMO_BRAND, deps.clock.now())
  const token = await setUpPos(
    deps,
    tx,
    { name: 'foodics', title: 'Foodics', adapter: 'foodics' },
    REFERENCE,
    businessId,
  )
  await setUpPos(deps, tx, { name: 'standard', title: 'Any POS', adapter: 'standard' }, 'demo', businessId)
  const demo: Demo = {
    base_url: baseUrl,
    pos_name: 'foodics',
    pos_token: token,
    api_key: apiKey,
    business_id: formatId('business', businessId),
    business_reference: REFERENCE,
    programs: {
      points: formatId('program', programs.points),
      stamps: formatId('program', programs.stamps),
      cashback: formatId('program', programs.cashback),
      subscription: formatId('program', programs.subscription),
    },
    staff: await createDemoOwner(tx, businessId, deps),
  }
  await writeDemo(deps.dataDir, demo)
  return demo
}

/** The business is as old as its history. */
async function createWithHistory({ clock, ids }: DemoDeps, tx: WriteTransaction, recording: Recording | null) {
  const now = clock.now()
  if (!recording) {
    const sample = await createSampleBusiness(tx, { clock, ids })
    await markAsDemo(tx, { businessId: sample.businessId, shift: 0, due: 0, loadedAt: now })
    return sample
  }
  const shift = shiftTo(recording, now)
  const begins: EpochMs = recording.from + shift
  const opening = new ManualClock(begins - DAY_MS)
  const deps = { clock: opening, ids: createIds(opening) }
  const sample = await createSampleBusiness(tx, deps)
  await setDemoTerms(tx, sample, begins, deps)
  const due = recording.visits.filter(({ at }) => at + shift <= now).length
  await markAsDemo(tx, { businessId: sample.businessId, shift, due, loadedAt: null })
  return sample
}

const DAY_MS = 86_400_000

/** Registers a POS, connects it to the business, and returns its token. */
async function setUpPos(
  deps: DemoDeps,
  tx: WriteTransaction,
  pos: { name: string; title: string; adapter: string },
  reference: string,
  businessId: Uuid,
): Promise<string> {
  // An operator may have registered the POS, and added a secret, before the first business.
  await registerPos(tx, pos, { clock: deps.clock, integrations: shippedIntegrations })
  const expiresAt = deps.clock.now() + TOKEN_VALID_MS
  let issued = await issuePosToken(tx, pos.name, expiresAt, deps)
  if (issued.kind === 'no_secret') {
    await addPosSecret(tx, pos.name, undefined, deps)
    issued = await issuePosToken(tx, pos.name, expiresAt, deps)
  }
  assert(issued.kind === 'issued', `no demo token for ${pos.name}: ${issued.kind}`)
  const connected = await connect(tx, { posName: pos.name, reference, businessId }, deps.clock)
  assert(connected.kind === 'connected', `cannot connect the demo to ${pos.name}: ${connected.kind}`)
  return issued.token
}

function demoFile(dataDir: string): string {
  return join(dataDir, 'demo.json')
}

function businessOf({ business_id }: EarlierDemo): Uuid {
  return must(parseId('business', business_id), 'the business of demo.json')
}

async function readDemo(dataDir: string): Promise<Demo | EarlierDemo | null> {
  try {
    const demo: unknown = JSON.parse(await readFile(demoFile(dataDir), 'utf8'))
    return Value.Check(DemoSchema, demo) || Value.Check(EarlierDemoSchema, demo) ? demo : null
  } catch {
    return null
  }
}

/** Written atomically; only its owner can read it. */
async function writeDemo(dataDir: string, demo: Demo): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const draft = `${demoFile(dataDir)}.new`
  await writeFile(draft, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  await chmod(draft, 0o600)
  await rename(draft, demoFile(dataDir))
}
