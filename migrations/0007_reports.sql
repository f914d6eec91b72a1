-- Daily sums of a business for Home and the reports, with what was counted of each order, claim and customer.
-- Everything here follows from other tables and can be rebuilt. Only src/reports writes it, as the owner of the database.

create table report_states (
  business_id uuid primary key,
  -- The zone whose days were counted.
  timezone text not null,
  -- Null until the sums exist.
  built_at timestamptz,
  -- Everything up to here is counted.
  counted_at timestamptz
);

create table counted_orders (
  business_id uuid not null,
  id uuid not null,
  day date not null,
  branch_id uuid not null,
  customer_id uuid,
  orders smallint not null,
  amount bigint not null,
  returns smallint not null,
  returned bigint not null,
  -- Units that the order earns, by program.
  earned jsonb,
  primary key (business_id, id)
);
create index counted_orders_of_customer on counted_orders (business_id, customer_id, day) where customer_id is not null;

create table counted_claims (
  business_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  kind text not null,
  reward_id uuid not null,
  claimed_on date not null,
  outcome text not null check (outcome in ('held', 'redeemed', 'restored', 'unused')),
  ended_on date,
  branch_id uuid not null,
  units bigint not null,
  discount bigint not null,
  primary key (business_id, id)
);

create table customer_months (
  business_id uuid not null,
  customer_id uuid not null,
  month date not null,
  orders bigint not null,
  amount bigint not null,
  primary key (business_id, customer_id, month)
);

create table customer_visits (
  business_id uuid not null,
  customer_id uuid not null,
  joined_on date not null,
  first_on date,
  last_on date,
  orders bigint not null,
  amount bigint not null,
  primary key (business_id, customer_id)
);
create index customer_visits_by_last on customer_visits (business_id, last_on) include (orders);

create table daily_units (
  business_id uuid not null,
  day date not null,
  program_id uuid not null,
  earned bigint not null,
  taken_back bigint not null,
  redeemed bigint not null,
  restored bigint not null,
  expired bigint not null,
  unexpired bigint not null,
  added bigint not null,
  deducted bigint not null,
  written_off bigint not null,
  primary key (business_id, day, program_id)
);

create table daily_orders (
  business_id uuid not null,
  day date not null,
  branch_id uuid not null,
  orders bigint not null,
  amount bigint not null,
  customer_orders bigint not null,
  customer_amount bigint not null,
  returns bigint not null,
  returned bigint not null,
  customer_returned bigint not null,
  primary key (business_id, day, branch_id)
);

create table daily_branch_units (
  business_id uuid not null,
  day date not null,
  branch_id uuid not null,
  program_id uuid not null,
  earned bigint not null,
  primary key (business_id, day, branch_id, program_id)
);

create table daily_customers (
  business_id uuid not null,
  day date not null,
  joined bigint not null,
  active bigint not null,
  primary key (business_id, day)
);

create table daily_claims (
  business_id uuid not null,
  day date not null,
  program_id uuid not null,
  kind text not null,
  reward_id uuid not null,
  branch_id uuid not null,
  claimed bigint not null,
  redeemed bigint not null,
  restored bigint not null,
  unused bigint not null,
  units bigint not null,
  discount bigint not null,
  primary key (business_id, day, program_id, kind, reward_id, branch_id)
);

create table cohort_months (
  business_id uuid not null,
  joined date not null,
  month date not null,
  customers bigint not null,
  orders bigint not null,
  amount bigint not null,
  primary key (business_id, joined, month)
);

alter table report_states enable row level security;
create policy one_business on report_states to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on report_states to loyapro_api;
alter table counted_orders enable row level security;
create policy one_business on counted_orders to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on counted_orders to loyapro_api;
alter table counted_claims enable row level security;
create policy one_business on counted_claims to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on counted_claims to loyapro_api;
alter table customer_months enable row level security;
create policy one_business on customer_months to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on customer_months to loyapro_api;
alter table customer_visits enable row level security;
create policy one_business on customer_visits to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on customer_visits to loyapro_api;
alter table daily_units enable row level security;
create policy one_business on daily_units to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on daily_units to loyapro_api;
alter table daily_orders enable row level security;
create policy one_business on daily_orders to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on daily_orders to loyapro_api;
alter table daily_branch_units enable row level security;
create policy one_business on daily_branch_units to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on daily_branch_units to loyapro_api;
alter table daily_customers enable row level security;
create policy one_business on daily_customers to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on daily_customers to loyapro_api;
alter table daily_claims enable row level security;
create policy one_business on daily_claims to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on daily_claims to loyapro_api;
alter table cohort_months enable row level security;
create policy one_business on cohort_months to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on cohort_months to loyapro_api;
