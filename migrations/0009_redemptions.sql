-- When a use counts, whether it was within its terms, which purchased plan it belongs to, and a redemption that staff returned.
alter table claims
  add column used_at timestamptz,
  add column outside_terms boolean not null default false,
  add column subscription_id uuid,
  add column returned_at timestamptz,
  add column returned_by text,
  add column return_reason text,
  add constraint claims_returned_check check (
    (returned_at is null) = (returned_by is null) and (returned_at is null) = (return_reason is null)
    and (returned_at is null or redeemed_at is not null));

update claims set used_at = redeemed_at where redeemed_at is not null;
