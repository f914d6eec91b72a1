-- The spine: who is who, what the POS sent, and the ledger. Every tenant's table is led by business_id, so that the same
-- schema distributes by it; the few global tables only say who is calling and where a delivery belongs.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- ---------------------------------------------------------------- global: who is calling

create table businesses (
  id uuid primary key,
  name text not null,
  name_ar text,
  currency text not null,
  timezone text not null,
  language text not null check (language in ('ar', 'en')),
  created_at timestamptz not null
);

create table pos_systems (
  name text primary key check (name ~ '^[a-z][a-z0-9_-]{1,40}$'),
  title text not null,
  adapter text not null check (adapter in ('foodics', 'standard')),
  created_at timestamptz not null
);

-- Two signing secrets may be active at once, so that one can be rotated; sealed with the key of the data directory.
create table pos_secrets (
  id uuid primary key,
  pos_name text not null references pos_systems (name),
  sealed_secret bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index pos_secrets_active on pos_secrets (pos_name) where retired_at is null;

-- A token is revoked by its id, or with all that were issued before an instant.
create table pos_revocations (
  id uuid primary key,
  pos_name text not null references pos_systems (name),
  jti text,
  issued_before timestamptz,
  created_at timestamptz not null,
  check ((jti is null) <> (issued_before is null))
);
create index pos_revocations_of_pos on pos_revocations (pos_name);

create table pos_connections (
  pos_name text not null references pos_systems (name),
  reference text not null,
  business_id uuid not null references businesses (id),
  created_at timestamptz not null,
  primary key (pos_name, reference)
);
create index pos_connections_of_business on pos_connections (business_id);

-- Deliveries whose business is not connected yet: kept 30 days, applied when it connects.
create table unmatched_deliveries (
  id uuid primary key,
  pos_name text not null references pos_systems (name),
  reference text not null,
  dictionary smallint not null,
  body bytea not null,
  received_at timestamptz not null
);
create index unmatched_deliveries_of_reference on unmatched_deliveries (pos_name, reference, id);
create index unmatched_deliveries_by_age on unmatched_deliveries (received_at);

create table api_keys (
  id uuid primary key,
  business_id uuid not null references businesses (id),
  name text not null,
  prefix text not null unique,
  secret_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_of_business on api_keys (business_id);

-- ---------------------------------------------------------------- tenant: people, places, programs

-- One row a business: ingest locks it, so that one business is served in order by any number of processes, and reads from
-- it whether programs or settings that it holds in memory are still the current ones.
create table order_books (
  business_id uuid primary key,
  config_version bigint not null default 1
);

create table branches (
  business_id uuid not null,
  id uuid not null,
  pos_name text not null,
  pos_branch_id text not null,
  name text not null,
  name_ar text,
  reference text,
  timezone text,
  day_ends_at text,
  -- The merchant gave it its name: orders that call it otherwise do not rename it.
  named_by_hand boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, pos_name, pos_branch_id)
);

create table customers (
  business_id uuid not null,
  id uuid not null,
  phone text not null check (phone ~ '^\+[1-9][0-9]{5,14}$'),
  name text,
  email text,
  gender text check (gender in ('male', 'female')),
  birth_date date,
  language text check (language in ('ar', 'en')),
  blacklisted_at timestamptz,
  -- The POS snapshot that the profile was last taken from: an older one does not overwrite it.
  profile_as_of timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, phone)
);

-- Names are searched as people type them: whatever the case, the seat of a hamza, a final ha or ya, and the vowel signs.
create function fold_name(name text) returns text
  language sql immutable strict parallel safe
  return translate(lower(name), 'أإآٱىةؤئـًٌٍَُِّْ', 'اااايهوي');

create index customers_search on customers using gin (business_id, fold_name(name) gin_trgm_ops, phone gin_trgm_ops);

-- Row-level security keeps `like` out of an index, as its operator could leak other rows' values. This one function searches
-- as the owner instead; its business is the one that the transaction is bound to, never an argument.
create function search_customers(name_pattern text, phone_pattern text, before uuid, page_size integer) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  -- Planned anew for each pattern: a rare one wants the index, a common one the newest rows.
  return query execute
    'select id from customers
     where business_id = $1 and (fold_name(name) like $2 or phone like $3) and ($4 is null or id < $4)
     order by id desc limit $5'
    using nullif(current_setting('loyapro.business_id', true), '')::uuid, name_pattern, phone_pattern, before, page_size;
end
$$;

create table programs (
  business_id uuid not null,
  id uuid not null,
  type text not null check (type in ('points', 'stamps', 'cashback', 'subscription')),
  name text not null,
  name_ar text not null,
  status text not null check (status in ('draft', 'active', 'ended')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, id)
);

create table program_versions (
  business_id uuid not null,
  program_id uuid not null,
  version integer not null check (version > 0),
  definition jsonb not null,
  created_at timestamptz not null,
  primary key (business_id, program_id, version),
  foreign key (business_id, program_id) references programs (business_id, id)
);

-- Which program versions were in force from when: an order is judged, for ever, by the last terms that began at or before
-- the instant it was paid. Append-only; effective_from never goes back.
create table terms (
  business_id uuid not null,
  number integer not null check (number > 0),
  effective_from timestamptz not null,
  -- [{program_id, version}]
  members jsonb not null,
  created_at timestamptz not null,
  primary key (business_id, number)
);

-- Units that a program's budget has let out, kept only for programs that have a budget.
create table program_budgets (
  business_id uuid not null,
  program_id uuid not null,
  used bigint not null,
  primary key (business_id, program_id)
);

-- ---------------------------------------------------------------- tenant: what the POS sent

-- Evidence: every delivery that found its business, its body compressed. Its id follows from POS, reference, time of the
-- event and bytes of the body, so a repetition meets the first one. Monthly partitions by the time in the id.
create table deliveries (
  business_id uuid not null,
  id uuid not null,
  pos_name text not null,
  order_id uuid,
  event text,
  result text not null check (result in ('processed', 'stale', 'parked', 'ignored', 'failed')),
  reason text,
  error text,
  dictionary smallint not null,
  body bytea not null,
  -- What was answered, compressed: a repetition gets the same words.
  answer bytea not null,
  received_at timestamptz not null,
  primary key (business_id, id)
) partition by range (id);
-- All but the common result, which is found fast without.
create index deliveries_unusual on deliveries (business_id, result, id) where result <> 'processed';

-- One row a POS order, a sale or a return: the greatest snapshot seen. A return belongs to the family of its original.
create table orders (
  business_id uuid not null,
  -- Follows from business, POS and the POS's order id, so it is known before the order is.
  id uuid not null,
  pos_name text not null,
  pos_order_id text not null,
  reference text,
  kind text not null check (kind in ('sale', 'return')),
  status text not null check (status in ('initiated', 'paid', 'void', 'refunded')),
  -- The order row that a return gives back from; it may not have arrived yet (then the return is parked).
  original_id uuid,
  parked boolean not null default false,
  branch_id uuid,
  customer_id uuid,
  business_date date not null,
  occurred_at timestamptz not null,
  currency text not null,
  total bigint not null,
  -- The version that orders snapshots: (updated_at, timestamp, status rank, delivery id, which carries the body's hash).
  version_updated_at timestamptz not null,
  version_timestamp timestamptz not null,
  version_rank smallint not null,
  delivery_id uuid not null,
  -- The terms that judge this sale, and what the judgement needed beyond the order itself, so that it can be derived again.
  terms integer,
  facts jsonb,
  -- Why the sale earned nothing, when it did not.
  reason text,
  -- Ids of the deliveries of this order, oldest first.
  deliveries uuid[] not null,
  -- The canonical order, compressed.
  dictionary smallint not null,
  snapshot bytea not null,
  created_at timestamptz not null,
  primary key (business_id, id)
);
create index orders_returns on orders (business_id, original_id) where original_id is not null;
create index orders_of_customer on orders (business_id, customer_id, occurred_at, id);
create index orders_by_time on orders (business_id, occurred_at, id);
-- The statuses that are looked for and rare.
create index orders_undone on orders (business_id, status, occurred_at, id) where status in ('void', 'refunded');
create index orders_parked on orders (business_id, id) where parked;

-- ---------------------------------------------------------------- tenant: the ledger (written by src/ledger alone)

-- The balances of one customer in one program, and beside them what the system accounts hold against them. A balance is
-- credits less debits, so all eight sum to 0, always: issued is negative, redeemed and expired are positive.
create table accounts (
  business_id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  available bigint not null default 0,
  pending bigint not null default 0 check (pending >= 0),
  held bigint not null default 0 check (held >= 0),
  issued bigint not null default 0,
  redeemed bigint not null default 0,
  expired bigint not null default 0,
  adjusted bigint not null default 0,
  written_off bigint not null default 0,
  -- The part of a unit carried to the next order, as a fraction; only for programs that carry.
  carry text,
  created_at timestamptz not null,
  primary key (business_id, customer_id, program_id),
  check (available + pending + held + issued + redeemed + expired + adjusted + written_off = 0)
) with (fillfactor = 80);
create index accounts_of_program on accounts (business_id, program_id);

-- Append-only. Units move from the debit account to the credit account. No index on the id alone: whoever asks for a transfer
-- knows its customer, and one index less is what this table can best do without.
create table transfers (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  kind text not null,
  debit text not null,
  credit text not null,
  units bigint not null check (units > 0),
  -- The sale, subscription, card, claim or adjustment that this transfer belongs to.
  source_id uuid not null,
  -- The lots that a debit took from, or a credit went to, and how much of each (src/ledger/README.md). Both null when it is
  -- the one lot under the source's own id, and all units: the ordinary sale.
  lots uuid[],
  lot_units bigint[],
  -- Of the available account, after this transfer.
  balance bigint not null,
  why jsonb not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null,
  primary key (business_id, customer_id, id),
  check (cardinality(lots) is not distinct from cardinality(lot_units)),
  check ((kind, debit, credit) in (
    ('earn', 'issued', 'available'), ('earn', 'issued', 'pending'),
    ('grant', 'issued', 'available'), ('grant', 'issued', 'pending'),
    ('reverse', 'available', 'issued'), ('reverse', 'pending', 'issued'),
    ('pending_release', 'pending', 'available'),
    ('expire', 'available', 'expired'), ('expire', 'pending', 'expired'),
    ('redeem', 'available', 'redeemed'), ('redeem', 'held', 'redeemed'),
    ('restore', 'redeemed', 'available'), ('restore', 'expired', 'available'),
    ('hold', 'available', 'held'), ('release', 'held', 'available'),
    ('adjust', 'adjusted', 'available'), ('adjust', 'available', 'adjusted'),
    ('write_off', 'written_off', 'available'), ('write_off', 'available', 'written_off')))
);
create index transfers_of_source on transfers (business_id, source_id);

-- What was earned or granted, until it is spent or expires. A sale has one lot in each program, under the sale's own id.
create table lots (
  business_id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  -- The sale's id, an id that follows from subscription and period, or the id of an adjustment.
  id uuid not null,
  -- The program version that granted it: its terms (the goal of a stamp card, the expiry) stay those of this version.
  version integer not null,
  -- What is posted for this source now: earned less reversed.
  granted bigint not null check (granted >= 0),
  remaining bigint not null check (remaining >= 0),
  expired bigint not null check (expired >= 0),
  -- What was forgiven when this lot was taken back and nothing was left to take it from; null when nothing was.
  written_off bigint check (written_off > 0),
  pending boolean not null,
  business_date date not null,
  occurred_at timestamptz not null,
  available_at timestamptz not null,
  expires_at timestamptz,
  -- Days after the customer's last order, when expiry slides with it.
  sliding_days integer,
  primary key (business_id, customer_id, program_id, id)
) with (fillfactor = 90);
create index lots_open on lots (business_id, customer_id, program_id) where remaining > 0;
create index lots_expiring on lots (business_id, expires_at) where remaining > 0 and expires_at is not null;
create index lots_pending on lots (business_id, available_at) where remaining > 0 and pending;

-- ---------------------------------------------------------------- tenant: what grows out of the ledger

-- A plan that a customer holds: bought as a product of a sale, or by the API. Each period grants a lot that expires with it.
create table subscriptions (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  version integer not null,
  -- The sale that bought it; null when the API did.
  order_id uuid,
  quantity integer not null check (quantity >= 0),
  started_at timestamptz not null,
  ends_at timestamptz not null,
  -- When the next period begins that is not granted yet; null when there is none.
  next_period_at timestamptz,
  -- When it was ended by hand; a purchase that was given back has quantity 0.
  ended_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, id)
);
create index subscriptions_due on subscriptions (business_id, next_period_at) where next_period_at is not null;
create index subscriptions_of_customer on subscriptions (business_id, customer_id, id);

-- Full stamp cards: the reward that each has won. A card whose stamps were given back is cancelled while it is unused.
create table stamp_cards (
  business_id uuid not null,
  -- Follows from customer, program and number.
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  -- The customer's first card of the program is 1; the number of a cancelled card is given again.
  number integer not null check (number > 0),
  -- The program version of the first stamp on it.
  version integer not null,
  status text not null check (status in ('won', 'used', 'cancelled')),
  goal integer not null check (goal > 0),
  -- The lots that filled it and how much of each, oldest first.
  lots uuid[] not null,
  lot_units bigint[] not null,
  -- When its last stamp was earned.
  won_at timestamptz not null,
  expires_at timestamptz,
  updated_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, customer_id, program_id, number)
);
create index stamp_cards_won on stamp_cards (business_id, customer_id, program_id, id) where status = 'won';

-- Answers of the business API to writes that carried an Idempotency-Key, kept 24 hours.
create table idempotency_keys (
  business_id uuid not null,
  key text not null,
  input_hash bytea not null,
  status smallint,
  answer jsonb,
  created_at timestamptz not null,
  primary key (business_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (business_id, created_at);

-- ---------------------------------------------------------------- the second lock

-- The business API works as a role that sees the rows of one business only, whatever a query forgets.
do $$
declare
  tenant_table text;
begin
  if not exists (select from pg_roles where rolname = 'loyapro_api') then
    begin
      create role loyapro_api nologin;
    exception when duplicate_object or unique_violation then
      null; -- another database of this cluster was migrated at the same moment
    end;
  end if;
  execute format('grant loyapro_api to %I', current_user);
  grant usage on schema public to loyapro_api;
  foreach tenant_table in array array['order_books', 'branches', 'customers', 'programs', 'program_versions', 'terms',
    'program_budgets', 'deliveries', 'orders', 'accounts', 'transfers', 'lots', 'subscriptions', 'stamp_cards',
    'idempotency_keys']
  loop
    execute format('grant select, insert, update, delete on %I to loyapro_api', tenant_table);
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy one_business on %I to loyapro_api using (business_id = nullif(current_setting(''loyapro.business_id'', true), '''')::uuid)',
      tenant_table);
  end loop;
  revoke execute on function search_customers from public;
  grant execute on function search_customers to loyapro_api;
  -- Append-only means that the API's role cannot rewrite history either.
  revoke update, delete on transfers from loyapro_api;
end
$$;
