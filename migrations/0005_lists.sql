-- What lists of customers filter and sort by, notes on customers, and an index for orders that earned nothing.

-- What a customer's orders come to. Derived from `orders` by src/figures, so it can be rebuilt at any time.
create table customer_figures (
  business_id uuid not null,
  customer_id uuid not null,
  -- Paid sales.
  visits integer not null check (visits >= 0),
  -- Their totals less what was returned of each, in minor units.
  spend bigint not null check (spend >= 0),
  first_visit_at timestamptz,
  last_visit_at timestamptz,
  -- Branches of the visits.
  branches uuid[] not null,
  primary key (business_id, customer_id),
  foreign key (business_id, customer_id) references customers (business_id, id) on delete cascade
) with (fillfactor = 90);
create index customer_figures_by_last_visit on customer_figures (business_id, last_visit_at, customer_id) where last_visit_at is not null;
create index customer_figures_by_visits on customer_figures (business_id, visits, customer_id);
create index customer_figures_by_spend on customer_figures (business_id, spend, customer_id);

-- Businesses whose figures are complete. Until then, and without a reader of events, there are none.
create table customer_figures_built (
  business_id uuid primary key,
  built_at timestamptz not null
);

-- What staff note about a customer.
create table customer_notes (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  text text not null,
  created_at timestamptz not null,
  created_by text not null,
  primary key (business_id, id),
  foreign key (business_id, customer_id) references customers (business_id, id) on delete cascade
);
create index customer_notes_of_customer on customer_notes (business_id, customer_id, id);

-- Orders of customers that earned nothing: few, so that ordinary orders write no entry.
create index orders_without_earnings on orders (business_id, occurred_at, id) where customer_id is not null and reason is not null;

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['customer_figures', 'customer_figures_built', 'customer_notes']
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy one_business on %I to loyapro_api using (business_id = nullif(current_setting(''loyapro.business_id'', true), '''')::uuid)',
      tenant_table);
  end loop;
  grant select on customer_figures, customer_figures_built to loyapro_api;
  grant select, insert, update, delete on customer_notes to loyapro_api;
end
$$;
