// What orders come to, in SQL: over the visits `o` of a customer, and `back`, what was returned of
// each.

/** What counts as a visit: a paid sale. */
export const VISIT = `o.kind = 'sale' and o.status = 'paid'`

/** What counts as a return: an order of its own that gives back and stands. */
export const RETURN = `r.kind = 'return' and r.status = 'refunded'`

export const SUMS = `
  count(*) as visits, coalesce(sum(greatest(0, o.total - coalesce(back.total, 0))), 0)::bigint as spend,
  min(o.occurred_at) as first_visit_at, max(o.occurred_at) as last_visit_at,
  coalesce(array_agg(distinct o.branch_id) filter (where o.branch_id is not null), '{}') as branches`
