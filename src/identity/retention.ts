// Statements with which the worker deletes old one-time passwords and wrong codes.

/** For `eachBusiness`: whether business `b` has passwords that expired before $1. */
export const HAS_OLD_PASSWORDS =
  'exists (select from one_time_passwords p where p.business_id = b.id and p.expires_at < $1::timestamptz)'

// The condition is repeated: a password that was replaced in the meantime stays.
export const PURGE_PASSWORDS = `
delete from one_time_passwords where business_id = $1 and expires_at < $2::timestamptz and customer_id in (
  select customer_id from one_time_passwords where business_id = $1 and expires_at < $2::timestamptz order by expires_at limit $3)
returning customer_id`

/** For `eachBusiness`: whether business `b` has wrong codes from before $1. */
export const HAS_OLD_WRONG_CODES =
  'exists (select from wrong_codes w where w.business_id = b.id and w.since < $1::timestamptz)'

export const PURGE_WRONG_CODES = `
delete from wrong_codes where business_id = $1 and since < $2::timestamptz and subject in (
  select subject from wrong_codes where business_id = $1 and since < $2::timestamptz order by since limit $3)
returning subject`
