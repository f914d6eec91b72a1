// Deletes stored deliveries of a business that wait to be applied and name an erased customer.
import { unpack } from '../archive/codec.ts'
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

const AT_ONCE = 500

/**
 * Of the references and POS systems of this business alone: what waits under any other reference
 * may be another business's, and is deleted after 30 days. Returns the number.
 */
export async function eraseUnmatched(
  q: Queryable,
  businessId: Uuid,
  isPersonal: (body: Buffer, receivedAt: number) => boolean,
): Promise<number> {
  let deleted = 0
  for (let after: Uuid | null = null; ; ) {
    const page: Waiting[] = await q.query<Waiting>(WAITING, [businessId, after, AT_ONCE])
    const named = page.filter((row) => isPersonal(unpack(row), row.receivedAt)).map((row) => row.id)
    if (named.length > 0) await q.query('delete from unmatched_deliveries where id = any ($1::uuid[])', [named])
    deleted += named.length
    after = page.at(-1)?.id ?? null
    if (page.length < AT_ONCE) return deleted
  }
}

interface Waiting {
  id: Uuid
  dictionary: number
  bytes: Buffer
  receivedAt: number
}

const WAITING: Statement = {
  name: 'unmatched_of_business',
  text: `
select u.id, u.dictionary, u.body as bytes, u.received_at as "receivedAt"
from unmatched_deliveries u
where ($2::uuid is null or u.id > $2) and (
  exists (select from pos_systems p where p.name = u.pos_name and p.business_id = $1)
  or exists (select from pos_connections c where c.pos_name = u.pos_name and c.reference_key = u.reference_key and c.business_id = $1))
order by u.id limit $3`,
}
