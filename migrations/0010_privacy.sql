-- Erasures of customers: the log, which identifies nobody once an erasure is complete.

create table erasures (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  -- Customers who had been merged into this one.
  merged uuid[] not null,
  erased_at timestamptz not null,
  erased_by text not null,
  -- What ended: numbers of orders, claims, subscriptions and cards, and units by program.
  ended jsonb not null,
  -- What the archive is searched for, and how far; null when the erasure is complete.
  search jsonb,
  stage text check (stage in ('orders', 'deliveries')),
  position uuid,
  completed_at timestamptz,
  primary key (business_id, id),
  unique (business_id, customer_id),
  check ((search is null) = (completed_at is not null) and (stage is null) = (completed_at is not null))
);
create index erasures_open on erasures (business_id, id) where completed_at is null;
alter table erasures enable row level security;
create policy one_business on erasures to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on erasures to loyapro_api;

-- The number of a merged customer goes when the customer that remained is erased.
alter table merged_customers alter column phone drop not null;
-- When the customer of the claim was erased: no order changes the claim any more.
alter table claims add closed_at timestamptz;
