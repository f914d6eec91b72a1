// Removes errors from events of failed deliveries: an error may quote what was sent.
import type { Statement, Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'

/** `subjects`: the API ids of the deliveries. */
export async function dropErrors(tx: Transaction, businessId: Uuid, subjects: readonly string[]): Promise<void> {
  if (subjects.length > 0) await tx.query(DROP_ERRORS, [businessId, subjects])
}

/** Few events are stored at a time: they are deleted when every reader has read them. */
const DROP_ERRORS: Statement = {
  name: 'drop_event_errors',
  text: `
update events e set events = (
  select json_agg(case when one ->> 'type' = 'delivery.failed' and one ->> 'subject' = any ($2::text[])
    then jsonb_set(one::jsonb, '{data,error}', '""')::json else one end order by place)
  from json_array_elements(e.events) with ordinality as part (one, place))
where e.business_id = $1 and exists (
  select from json_array_elements(e.events) as part (one)
  where one ->> 'type' = 'delivery.failed' and one ->> 'subject' = any ($2::text[]))`,
}
