// Deletes events that every reader has read.

/** Whether business `b` has events that no reader needs any more; all of them without a reader. */
export const HAS_READ_EVENTS = `exists (
  select from events e where e.business_id = b.id and e.last_seq <= coalesce(
    (select min(r.position) from event_readers r where r.business_id = b.id), e.last_seq))`

/** Of one business; the last parameter limits the rows. */
export const PURGE_EVENTS = `
delete from events where business_id = $1 and last_seq in (
  select e.last_seq from events e where e.business_id = $1 and e.last_seq <= coalesce(
    (select min(r.position) from event_readers r where r.business_id = $1), e.last_seq)
  order by e.last_seq limit $2)
returning last_seq`
