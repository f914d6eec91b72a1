// Imports the branches, categories and products of a POS, one page per call. The position is
// stored, so an import continues in the next run.

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

/** The interval between imports that nobody requested. */
const SYNC_EVERY_MS = 6 * HOUR_MS

type Part = 'branches' | 'categories' | 'products'
const NEXT: Record<Part, Part | null> = { branches: 'categories', categories: 'products', products: null }

interface Position {
  part: Part
  page: number
  total: number | null
  startedAt: EpochMs
  failures: number
}

/**
 * Returns the number of pages read. Ends when the import is complete or the installation cannot
 * make more calls now.
 */
export async function syncCatalogue(deps: InstallationDeps, session: Session, currency: string): Promise<number> {
  let pages = 0
  for (let position = await readPosition(deps, session); position !== null; pages++) {
    const { part, page } = position
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
      await postpone(deps, session, position.failures + 1, answer.reason)
      return pages
    }
    const here: Position = position
    position = await deps.db.transaction((tx) => writePage(deps, tx, session, here, answer.value))
  }
  return pages
}

/** The stored position, or the beginning when an import is due. */
async function readPosition(
  { db: q, clock }: InstallationDeps,
  { businessId, posName }: Session,
): Promise<Position | null> {
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

/** Writes a page and the next position in one transaction. Null when the import is complete. */
async function writePage(
  deps: InstallationDeps,
  tx: Transaction,
  session: Session,
  position: Position,
  { items, nextPage, total }: Page<never>,
): Promise<Position | null> {
  const now = deps.clock.now()
  if (position.part === 'branches') await writeBranchPage(tx, session, items, now)
  else if (position.part === 'categories') await writeCategories(tx, session, items, position.startedAt)
  else await writeProducts(tx, session, items, position.startedAt)
  const first = position.page === 1 ? total : position.total
  if (nextPage !== null) return storePosition(tx, session, { ...position, page: nextPage, total: first, failures: 0 })
  // If the list changed its length during the import, pages have shifted and an entry may have been
  // missed: absence proves nothing.
  if (position.part !== 'branches' && first === total) {
    await markGone(tx, `catalogue_${position.part}`, session, position.startedAt, now)
  }
  const part = NEXT[position.part]
  if (part !== null) return storePosition(tx, session, { ...position, part, page: 1, total: null, failures: 0 })
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

async function storePosition(tx: Transaction, { businessId, posName }: Session, position: Position): Promise<Position> {
  await tx.run(
    db
      .updateTable('installations')
      .set({
        sync_part: position.part,
        sync_page: position.page,
        sync_total: position.total,
        sync_failures: position.failures,
      })
      .set({ sync_started_at: instant(position.startedAt) })
      .where('business_id', '=', businessId)
      .where('pos_name', '=', posName),
  )
  return position
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
 * Stores branches as an order does: a name entered by hand and a time zone stay. Processes read
 * branches again when the version changes.
 */
async function writeBranchPage(
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
