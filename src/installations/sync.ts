// Reads a POS's branches, categories and products, a page a call; the place is kept, so that a walk
// goes on in the next minute.

import { branchId, type KnownBranch, learnBranch, loadBranches, writeBranches } from '../businesses/known-branches.ts'
import { markGone, writeCategories, writeProducts } from '../catalogue/catalogue.ts'
import { raiseConfigVersion } from '../db/config-version.ts'
import type { Transaction } from '../db/database.ts'
import { db } from '../db/tables.ts'
import { instant } from '../db/values.ts'
import { type BranchRecord, backOff, type Outcome, type Page } from '../integrations/client.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { InstallationDeps } from './deps.ts'
import type { Session } from './session.ts'

const HOUR_MS = 3_600_000

/** How often the catalogue is read without being asked. */
const SYNC_EVERY_MS = 6 * HOUR_MS

type Part = 'branches' | 'categories' | 'products'
const NEXT: Record<Part, Part | null> = { branches: 'categories', categories: 'products', products: null }

interface Walk {
  part: Part
  page: number
  total: number | null
  startedAt: EpochMs
  failures: number
}

/** Pages read; ends when the walk is through or the account takes no more calls. */
export async function syncCatalogue(deps: InstallationDeps, session: Session, currency: string): Promise<number> {
  let pages = 0
  for (let walk = await placeOf(deps, session); walk !== null; pages++) {
    const { part, page } = walk
    const read = { branches: session.pos.branches, categories: session.pos.categories, products: session.pos.products }
    const answer = await session.call<Page<never>>((token) =>
      (read[part] as (token: string, page: number, currency: string) => Promise<Outcome<Page<never>>>)(
        token,
        page,
        currency,
      ),
    )
    if (answer.kind === 'stop') return pages
    if (answer.kind !== 'ok') {
      await postpone(deps, session, walk.failures + 1, answer.reason)
      return pages
    }
    const here: Walk = walk
    walk = await deps.db.transaction((tx) => take(deps, tx, session, here, answer.value))
  }
  return pages
}

/** Where the walk is, or its beginning when one is due. */
async function placeOf({ db: q, clock }: InstallationDeps, { businessId, posName }: Session): Promise<Walk | null> {
  const now = clock.now()
  const [row] = await q.run(
    db.selectFrom('installations').selectAll().where('business_id', '=', businessId).where('pos_name', '=', posName),
  )
  if (!row || row.sync_due_at > now) return null
  const { sync_part: part, sync_page: page, sync_total: total, sync_started_at: started, sync_failures: failures } = row
  if (part === null || page === null || started === null) {
    return { part: 'branches', page: 1, total: null, startedAt: now, failures }
  }
  return { part, page, total, startedAt: started, failures }
}

/** Writes a page and moves on, in one transaction. Null when the walk is through. */
async function take(
  deps: InstallationDeps,
  tx: Transaction,
  session: Session,
  walk: Walk,
  { items, nextPage, total }: Page<never>,
): Promise<Walk | null> {
  const now = deps.clock.now()
  if (walk.part === 'branches') await takeBranches(tx, session, items, now)
  else if (walk.part === 'categories') await writeCategories(tx, session, items, walk.startedAt)
  else await writeProducts(tx, session, items, walk.startedAt)
  const first = walk.page === 1 ? total : walk.total
  if (nextPage !== null) return moveTo(tx, session, { ...walk, page: nextPage, total: first, failures: 0 })
  // When the list changed its length on the way, pages have shifted and an entry may have slipped
  // through: not a proof of absence.
  if (walk.part !== 'branches' && first === total) {
    await markGone(tx, `catalogue_${walk.part}`, session, walk.startedAt, now)
  }
  const part = NEXT[walk.part]
  if (part !== null) return moveTo(tx, session, { ...walk, part, page: 1, total: null, failures: 0 })
  await tx.run(
    db
      .updateTable('installations')
      .set({ sync_part: null, sync_page: null, sync_total: null, sync_failures: 0, sync_problem: null })
      .set({ synced_at: instant(now), sync_due_at: instant(now + SYNC_EVERY_MS) })
      .where('business_id', '=', session.businessId)
      .where('pos_name', '=', session.posName),
  )
  return null
}

async function moveTo(tx: Transaction, { businessId, posName }: Session, walk: Walk): Promise<Walk> {
  await tx.run(
    db
      .updateTable('installations')
      .set({ sync_part: walk.part, sync_page: walk.page, sync_total: walk.total, sync_failures: walk.failures })
      .set({ sync_started_at: instant(walk.startedAt) })
      .where('business_id', '=', businessId)
      .where('pos_name', '=', posName),
  )
  return walk
}

async function postpone(
  { db: q, clock }: InstallationDeps,
  { businessId, posName }: Session,
  failures: number,
  reason: string,
): Promise<void> {
  await q.run(
    db
      .updateTable('installations')
      .set({ sync_due_at: instant(clock.now() + backOff(failures)), sync_failures: failures, sync_problem: reason })
      .where('business_id', '=', businessId)
      .where('pos_name', '=', posName),
  )
}

/**
 * As an order would teach them: a name given by hand and a zone stay. Processes read them anew when
 * the version has moved on.
 */
async function takeBranches(
  tx: Transaction,
  { businessId, posName }: Session,
  records: readonly BranchRecord[],
  now: EpochMs,
): Promise<void> {
  const [book] = await tx.query<{ configVersion: number }>(
    'select config_version as "configVersion" from business_locks where business_id = $1 for update',
    [businessId],
  )
  const cache = new Map()
  await loadBranches(tx, [{ businessId, configVersion: book?.configVersion ?? 0 }], cache)
  const known: Map<string, KnownBranch> = cache.get(businessId).branches
  const rows = records.flatMap(({ id: posBranchId, name, nameAr, reference, dayEndsAt }) => {
    const id = branchId(businessId, posName, posBranchId)
    const seen = {
      id: posBranchId,
      name,
      ...(nameAr !== null && { name_ar: nameAr }),
      ...(reference !== null && { reference }),
      ...(dayEndsAt !== null && { day_ends_at: dayEndsAt }),
    }
    const branch = learnBranch(known.get(id), id, seen)
    return branch === known.get(id) ? [] : [{ businessId, posName, posBranchId, branch }]
  })
  if (rows.length === 0) return
  await writeBranches(tx, rows, now)
  await raiseConfigVersion(tx, businessId)
}
