-- The whole schema, grouped by the module that owns the tables. Later changes are new files with the next number.
--
-- `business_id` leads every key of a tenant table, so that the schema can be distributed by it. Ids are UUIDs made by the
-- application. Only the tables of the first section are shared by all businesses.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- ================================================================ shared by all businesses

-- ---------------------------------------------------------------- businesses

create table businesses (
  id uuid primary key,
  name text not null,
  name_ar text,
  currency text not null,
  timezone text not null,
  -- ISO 3166-1 alpha-2: phone numbers without a country code belong to it. Null: the country of the time zone.
  country text check (country ~ '^[A-Z]{2}$'),
  language text not null check (language in ('ar', 'en')),
  created_at timestamptz not null
);

create table api_keys (
  id uuid primary key,
  business_id uuid not null references businesses (id),
  name text not null,
  prefix text not null unique,
  secret_hash bytea not null,
  scopes text[] not null,
  -- The key that created this key; revoking it revokes its children. Null: created by the operator.
  parent_id uuid references api_keys (id),
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_of_business on api_keys (business_id);
create index api_keys_of_parent on api_keys (parent_id) where parent_id is not null;

create table pos_systems (
  name text primary key check (name ~ '^[a-z][a-z0-9_-]{1,40}$'),
  title text not null,
  adapter text not null,
  -- The business that registered the POS for itself; only that business can connect to it. Null: registered by the operator.
  business_id uuid references businesses (id),
  created_at timestamptz not null
);
create index pos_systems_of_business on pos_systems (business_id) where business_id is not null;

-- Two signing secrets can be active at once, for rotation. They are encrypted with the key of the data directory.
create table pos_secrets (
  id uuid primary key,
  pos_name text not null references pos_systems (name),
  sealed_secret bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index pos_secrets_active on pos_secrets (pos_name) where retired_at is null;

-- Revokes one token by its id, or all tokens issued before an instant.
create table pos_revocations (
  id uuid primary key,
  pos_name text not null references pos_systems (name),
  jti text,
  issued_before timestamptz,
  created_at timestamptz not null,
  -- Set when the revocation takes effect later, so that a token is replaced without an interruption.
  effective_at timestamptz,
  check ((jti is null) <> (issued_before is null))
);
create index pos_revocations_of_pos on pos_revocations (pos_name);

create table pos_connections (
  pos_name text not null references pos_systems (name),
  -- The normalised reference (`normaliseReference` in src/kernel/text.ts), by which deliveries find their business.
  reference_key text not null,
  -- The reference as it was entered, for display.
  reference text not null,
  business_id uuid not null references businesses (id),
  created_at timestamptz not null,
  -- SHA-256 of the secret that the POS sends with every call. The previous secret is accepted until `old_secret_until`.
  secret_hash bytea,
  old_secret_hash bytea,
  old_secret_until timestamptz,
  primary key (pos_name, reference_key),
  check ((old_secret_hash is null) = (old_secret_until is null))
);
create index pos_connections_of_business on pos_connections (business_id);

-- Codes with which a business proves, from its POS, that a reference belongs to it. Only a hash of the code is stored.
create table connection_codes (
  code_hash bytea primary key,
  business_id uuid not null references businesses (id),
  pos_name text not null references pos_systems (name),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_reference text,
  check ((used_at is null) = (used_reference is null))
);
create index connection_codes_of_business on connection_codes (business_id, created_at);

-- Wrong connection codes by POS and by reference, whose business is not known at this point.
create table connection_attempts (
  pos_name text not null references pos_systems (name),
  subject text not null,
  wrong integer not null,
  since timestamptz not null,
  primary key (pos_name, subject)
);

-- ---------------------------------------------------------------- ingest

-- Deliveries whose reference is not connected to a business. They are stored for 30 days and applied when it is connected.
create table unmatched_deliveries (
  id uuid primary key,
  pos_name text not null references pos_systems (name),
  reference text not null,
  reference_key text not null,
  dictionary smallint not null,
  body bytea not null,
  received_at timestamptz not null
);
create index unmatched_deliveries_of_reference on unmatched_deliveries (pos_name, reference_key, id);
create index unmatched_deliveries_by_age on unmatched_deliveries (received_at);

-- ================================================================ tables of one business (tenant tables)

-- ---------------------------------------------------------------- businesses

-- One row per business. Whatever changes orders or balances locks the row first, so that any number of processes apply the
-- changes of one business one after the other. `config_version` rises with every change of programs or settings; processes
-- compare it with the version that they hold in memory.
create table business_locks (
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
  -- True when staff named the branch: names in orders no longer change it.
  named_by_hand boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, pos_name, pos_branch_id)
);

-- ---------------------------------------------------------------- customers

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
  -- Time of the POS snapshot that last set the profile; an older snapshot does not change it.
  profile_as_of timestamptz,
  -- Values that staff or the customer entered, by field: {"name": {"value": "…", "at": epoch milliseconds}}.
  entered jsonb,
  -- The last value of the POS, by field. Null, like `entered`, until somebody enters a value: then the profile is the POS's.
  pos_profile jsonb,
  -- Rises when the customer gets a new card token; older tokens become invalid.
  card_serial integer not null default 1 check (card_serial > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, phone)
);

-- Returns the form of a name that is searched for, without case, diacritics, spaces and invisible characters, and with the
-- variants of Arabic letters and digits replaced. `foldForSearch` in src/kernel/text.ts does the same; a test compares both.
create function fold_name(name text) returns text
  language sql immutable strict parallel safe
  return case
    when name ~ '^[ -~]*$' then replace(lower(name), ' ', '')
    else normalize(
      replace(replace(replace(replace(
        translate(
          regexp_replace(
            lower(normalize(name, NFKD)),
            '[\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'
              '\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08ff'
              '\u0621\u0640\u0674\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+',
            '', 'g'),
          U&'\0671\0672\0673\0649\06cc\06cd\06ce\06d0\06d2\0629\06be\06c1\06c3\06d5\06a9\06aa'
            || 'øłđðħıŧς' || '٠١٢٣٤٥٦٧٨٩' || '۰۱۲۳۴۵۶۷۸۹',
          'ااايييييي' || 'ههههه' || 'كك' || 'olddhitσ' || '0123456789' || '0123456789'),
        'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'),
      NFC)
  end;

create index customers_search on customers using gin (business_id, fold_name(name) gin_trgm_ops, phone gin_trgm_ops);

-- Under row-level security PostgreSQL does not use an index for `like`, because the operator could reveal values of other
-- rows. This function runs as its owner instead. It takes the business from the transaction's setting, never from an argument.
create function search_customers(name_pattern text, phone_pattern text, before uuid, page_size integer) returns setof uuid
  language plpgsql stable security definer set search_path = public, pg_temp
as $$
begin
  -- `execute` plans the query for each pattern: a rare pattern needs the index, a common one the newest rows.
  return query execute
    'select id from customers
     where business_id = $1 and (fold_name(name) like $2 or phone like $3) and ($4 is null or id < $4)
     order by id desc limit $5'
    using nullif(current_setting('loyapro.business_id', true), '')::uuid, name_pattern, phone_pattern, before, page_size;
end
$$;

-- Mobile numbers that a customer had before. Orders with such a number belong to the customer. After the number is released,
-- only orders placed before the release do.
create table former_phones (
  business_id uuid not null,
  phone text not null check (phone ~ '^\+[1-9][0-9]{5,14}$'),
  customer_id uuid not null,
  reason text not null,
  -- The API key that changed the number.
  key_id uuid,
  created_at timestamptz not null,
  released_at timestamptz,
  primary key (business_id, phone)
);
create index former_phones_of_customer on former_phones (business_id, customer_id);

-- Customers that were merged into another one. Their transfers keep the old customer id; everything else has moved.
create table merged_customers (
  business_id uuid not null,
  id uuid not null,
  -- The customer that exists today: when that one is merged again, this column follows.
  into_id uuid not null,
  phone text not null,
  name text,
  reason text not null,
  key_id uuid,
  created_at timestamptz not null,
  merged_at timestamptz not null,
  primary key (business_id, id)
);
create index merged_customers_into on merged_customers (business_id, into_id);

-- ---------------------------------------------------------------- identity

-- The last one-time password sent to a customer.
create table one_time_passwords (
  business_id uuid not null,
  customer_id uuid not null,
  hash bytea not null,
  wrong integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (business_id, customer_id)
);
create index one_time_passwords_by_age on one_time_passwords (business_id, expires_at);

-- Wrong codes by subject: a customer's phone, or a device. Ten within ten minutes block the subject.
create table wrong_codes (
  business_id uuid not null,
  -- A hash, so that the table holds no phone numbers.
  subject bytea not null,
  wrong integer not null check (wrong > 0),
  -- Time of the first of them.
  since timestamptz not null,
  primary key (business_id, subject)
);
create index wrong_codes_by_age on wrong_codes (business_id, since);

-- ---------------------------------------------------------------- http

-- Responses of the business API to writes with an Idempotency-Key, stored for 24 hours.
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

-- ---------------------------------------------------------------- ledger

-- The balances of one customer in one program, with the balances of the system accounts against them. A balance is credits
-- less debits, so the eight balances always sum to 0: `issued` is negative, `redeemed` and `expired` are positive.
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
  -- The fraction of a unit that is carried to the next order, in programs that carry fractions.
  carry text,
  created_at timestamptz not null,
  primary key (business_id, customer_id, program_id),
  constraint accounts_sum_check
    check (available + pending + held + issued + redeemed + expired + adjusted + written_off = 0)
) with (fillfactor = 80);
create index accounts_of_program on accounts (business_id, program_id);

-- Append-only. Units move from the debit account to the credit account. There is no index on `id` or `source_id`: every
-- query knows the customer, and an order writes a row here for each program.
create table transfers (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  kind text not null,
  debit text not null,
  credit text not null,
  units bigint not null check (units > 0),
  -- The sale, subscription, award, claim or adjustment that caused the transfer.
  source_id uuid not null,
  -- The lots that a debit takes from or a credit goes to, and the units of each (src/ledger/README.md). Both are null when
  -- all units belong to the lot whose id is the source's id: the ordinary sale.
  lots uuid[],
  lot_units bigint[],
  -- The available balance after this transfer.
  balance bigint not null,
  -- `json`, not `jsonb`: it is stored and returned but never queried, and takes a third less space.
  why json not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null,
  primary key (business_id, customer_id, id),
  constraint transfers_lots_check check (cardinality(lots) is not distinct from cardinality(lot_units)),
  constraint transfers_kind_check check ((kind, debit, credit) in (
    ('earn', 'issued', 'available'), ('earn', 'issued', 'pending'),
    ('grant', 'issued', 'available'), ('grant', 'issued', 'pending'),
    ('reverse', 'available', 'issued'), ('reverse', 'pending', 'issued'),
    ('pending_release', 'pending', 'available'),
    ('expire', 'available', 'expired'), ('expire', 'pending', 'expired'),
    ('redeem', 'available', 'redeemed'), ('redeem', 'held', 'redeemed'),
    ('restore', 'redeemed', 'available'), ('restore', 'expired', 'available'),
    ('hold', 'available', 'held'), ('release', 'held', 'available'),
    ('adjust', 'adjusted', 'available'), ('adjust', 'available', 'adjusted'),
    ('write_off', 'written_off', 'available'), ('write_off', 'available', 'written_off'),
    ('merge', 'available', 'adjusted'), ('merge', 'adjusted', 'available'),
    ('merge', 'pending', 'adjusted'), ('merge', 'adjusted', 'pending'),
    ('merge', 'held', 'adjusted'), ('merge', 'adjusted', 'held')))
);

-- Units that were earned or granted, until they are spent or expire. A sale has one lot in each program, whose id is the
-- sale's id. The lots of an account are found through the primary key.
create table lots (
  business_id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  -- The id of the sale or adjustment, or an id derived from subscription and period.
  id uuid not null,
  -- The program version that granted the lot; its terms (stamp goal, expiry) apply to the lot.
  version integer not null,
  -- Earned less reversed.
  granted bigint not null check (granted >= 0),
  remaining bigint not null check (remaining >= 0),
  expired bigint not null check (expired >= 0),
  -- Units written off when the lot was reversed and the customer had nothing left to take them from; null for none.
  written_off bigint check (written_off > 0),
  pending boolean not null,
  business_date date not null,
  occurred_at timestamptz not null,
  available_at timestamptz not null,
  expires_at timestamptz,
  -- For sliding expiry: days after the customer's last order.
  sliding_days integer,
  primary key (business_id, customer_id, program_id, id)
) with (fillfactor = 90);
create index lots_expiring on lots (business_id, expires_at) where remaining > 0 and expires_at is not null;
create index lots_pending on lots (business_id, available_at) where remaining > 0 and pending;

-- ---------------------------------------------------------------- programs

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

-- The program versions in force from an instant on. An order is assessed by the last terms that began at or before its
-- payment, also when it is assessed again later. Append-only; `effective_from` never decreases.
create table terms (
  business_id uuid not null,
  number integer not null check (number > 0),
  effective_from timestamptz not null,
  -- [{program_id, version}]
  members jsonb not null,
  created_at timestamptz not null,
  primary key (business_id, number)
);

-- Plans that a customer holds, bought with a sale or through the API. Each period grants a lot that expires with the period.
create table subscriptions (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  version integer not null,
  -- The sale that bought the plan; null when it was created through the API.
  order_id uuid,
  -- 0 when the purchase was returned.
  quantity integer not null check (quantity >= 0),
  -- A plan bought again while it runs starts when the running one ends.
  bought_at timestamptz not null,
  started_at timestamptz not null,
  ends_at timestamptz not null,
  -- Start of the next period that is not granted yet; null when there is none.
  next_period_at timestamptz,
  -- Time at which staff ended the plan.
  ended_at timestamptz,
  created_at timestamptz not null,
  primary key (business_id, id)
);
create index subscriptions_due on subscriptions (business_id, next_period_at) where next_period_at is not null;
create index subscriptions_of_customer on subscriptions (business_id, customer_id, id);

-- Awards: each full stamp card, with the stamps that filled it. An unused award is cancelled when its stamps are reversed.
create table awards (
  business_id uuid not null,
  -- Derived from customer, program and number.
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  -- Counts the customer's cards in the program from 1; the number of a cancelled card is used again.
  number integer not null check (number > 0),
  -- The program version of the card's first stamp.
  version integer not null,
  status text not null check (status in ('won', 'used', 'cancelled')),
  goal integer not null check (goal > 0),
  -- The lots that filled the card and the units of each, oldest first.
  lots uuid[] not null,
  lot_units bigint[] not null,
  -- Time at which the last stamp was earned.
  won_at timestamptz not null,
  expires_at timestamptz,
  updated_at timestamptz not null,
  primary key (business_id, id),
  unique (business_id, customer_id, program_id, number)
);
create index awards_won on awards (business_id, customer_id, program_id, id) where status = 'won';

-- ---------------------------------------------------------------- archive

-- Dictionaries with which the records of `deliveries` are compressed, from number 100 on (lower numbers are shipped with
-- LoyaPro). A dictionary is one record of the business, without personal data; at most one per adapter and month.
create table archive_dictionaries (
  business_id uuid not null,
  number smallint not null check (number >= 100),
  adapter text not null,
  -- The shipped dictionary with which `bytes` is compressed.
  dictionary smallint not null check (dictionary < 100),
  -- Empty after the dictionary is purged; the row keeps its number reserved.
  bytes bytea not null,
  created_at timestamptz not null,
  primary key (business_id, number)
);
alter table archive_dictionaries alter column bytes set storage external;

-- ---------------------------------------------------------------- orders

-- Every delivery of a known business, with its body. The id is derived from POS, reference, event time and body, so a
-- repeated delivery has the id of the first. Monthly partitions by the time in the id.
create table deliveries (
  business_id uuid not null,
  id uuid not null,
  pos_name text not null,
  order_id uuid,
  event text,
  result text not null check (result in ('processed', 'stale', 'parked', 'ignored', 'failed')),
  reason text,
  error text,
  -- The archive record: body, order as read, and answer, compressed together with this dictionary (src/archive).
  dictionary smallint not null,
  body bytea not null,
  received_at timestamptz not null,
  primary key (business_id, id)
) partition by range (id);
-- Without the most common result, which other indexes find fast enough.
create index deliveries_unusual on deliveries (business_id, result, id) where result <> 'processed';

-- One row per POS order, a sale or a return, with its newest snapshot. A return belongs to the family of its original.
create table orders (
  business_id uuid not null,
  -- Derived from business, POS and the order id of the POS, so that other rows can refer to an order that has not arrived.
  id uuid not null,
  pos_name text not null,
  pos_order_id text not null,
  reference text,
  kind text not null check (kind in ('sale', 'return')),
  -- A `joined` order was merged into another one and earns nothing.
  status text not null check (status in ('initiated', 'paid', 'void', 'refunded', 'joined')),
  -- The sale that a return refers to. When it has not arrived yet, the return is parked.
  original_id uuid,
  parked boolean not null default false,
  branch_id uuid,
  customer_id uuid,
  -- Earlier owners of the order, whose transfers still refer to it; null for none.
  former_customers uuid[],
  business_date date not null,
  occurred_at timestamptz not null,
  currency text not null,
  total bigint not null,
  -- Orders the snapshots: (updated_at, timestamp, status rank, delivery id; the delivery id contains a hash of the body).
  version_updated_at timestamptz not null,
  version_timestamp timestamptz not null,
  version_rank smallint not null,
  delivery_id uuid not null,
  -- The terms that apply to the sale, and the facts beyond the order itself, so that the result can be derived again.
  terms integer,
  facts jsonb,
  -- Why the sale earned nothing.
  reason text,
  -- What needs attention between the order and the rewards redeemed for it; null for nothing.
  flags text[],
  -- Decisions where the clocks of POS and server disagree; null for nearly every order.
  clock jsonb,
  -- The decision of staff on units above a program's ceiling; null for nearly every order.
  ceiling jsonb,
  -- Ids of the deliveries of this order, oldest first; null when `delivery_id` is the only one.
  deliveries uuid[],
  -- The canonical order, compressed; both null while it can be read from the record of the delivery `delivery_id`.
  dictionary smallint,
  snapshot bytea,
  created_at timestamptz not null,
  primary key (business_id, id)
);
create index orders_returns on orders (business_id, original_id) where original_id is not null;
create index orders_of_customer on orders (business_id, customer_id, occurred_at, id);
create index orders_by_time on orders (business_id, occurred_at, id);
-- Statuses that are searched for and rare.
create index orders_undone on orders (business_id, status, occurred_at, id) where status in ('void', 'refunded');
create index orders_parked on orders (business_id, id) where parked;
create index orders_flagged on orders (business_id, occurred_at, id) where flags is not null;

-- ---------------------------------------------------------------- earning

-- Units issued against a program's budget, for programs that have one.
create table program_budgets (
  business_id uuid not null,
  program_id uuid not null,
  used bigint not null,
  primary key (business_id, program_id)
);

-- ---------------------------------------------------------------- rewards

create table rewards (
  business_id uuid not null,
  id uuid not null,
  -- The program in whose units the reward is priced.
  program_id uuid not null,
  name text not null,
  name_ar text not null,
  image_url text,
  status text not null check (status in ('active', 'archived')),
  version integer not null check (version > 0),
  -- Claims that are held or redeemed; the reward's total limit applies to it.
  taken bigint not null default 0 check (taken >= 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, id),
  foreign key (business_id, program_id) references programs (business_id, id)
);

create table reward_versions (
  business_id uuid not null,
  reward_id uuid not null,
  version integer not null check (version > 0),
  -- In units of the program.
  price bigint not null check (price >= 0),
  terms jsonb not null,
  created_at timestamptz not null,
  primary key (business_id, reward_id, version),
  foreign key (business_id, reward_id) references rewards (business_id, id)
);

-- One customer's claim to one discount, under a code. It stores its own terms: later changes of the reward do not apply.
create table claims (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  -- A reward of the catalogue, an amount of cashback, a full stamp card, or one use of a subscription.
  kind text not null check (kind in ('reward', 'cashback', 'card', 'use')),
  reward_id uuid,
  reward_version integer,
  -- The award (`awards.id`) of a claim of kind 'card'.
  card_id uuid,
  name text not null,
  name_ar text not null,
  terms jsonb not null,
  -- Units held; 0 for a card, whose stamps are already spent.
  units bigint not null check (units >= 0),
  -- The lots of the units that are held or spent, and the units of each; units spent beyond them are debt.
  lots uuid[] not null default '{}',
  lot_units bigint[] not null default '{}',
  code text not null check (code ~ '^[0-9]{8}$'),
  status text not null check (status in ('held', 'redeemed', 'restored', 'expired', 'cancelled')),
  created_at timestamptz not null,
  -- Time at which the code expires.
  expires_at timestamptz not null,
  -- Time at which the claim was released or restored.
  ended_at timestamptz,

  -- The redemption; null until then.
  redeemed_at timestamptz,
  -- How many of `units` were spent; the rest of a cashback claim is released at once.
  redeemed_units bigint check (redeemed_units >= 0),
  -- How many of `redeemed_units` were restored with the order.
  restored_units bigint not null default 0 check (restored_units >= 0),
  -- Reported by the till, or found in the order alone.
  redeemed_by text check (redeemed_by in ('till', 'order')),
  -- The order's id; the order may not have arrived yet.
  order_id uuid,
  pos_name text,
  pos_order_id text,
  pos_branch_id text,
  pos_user_id text,
  -- The discount in minor units, as the till reported it, otherwise as the order contains it.
  discount bigint check (discount >= 0),
  -- [{product_id, quantity}]
  products jsonb,
  business_date date,
  -- The time that counts for limits.
  used_at timestamptz,
  outside_terms boolean not null default false,
  -- The plan that a claim of kind 'use' belongs to.
  subscription_id uuid,

  -- Set when staff returned the redemption.
  returned_at timestamptz,
  returned_by text,
  return_reason text,

  -- The order for which the code was first redeemed, when another order holds the redemption now.
  first_order_id uuid,
  first_pos_order_id text,
  -- Time since which a redemption waits for its order.
  waits_since timestamptz,

  primary key (business_id, id),
  constraint claims_lots_check check (cardinality(lots) = cardinality(lot_units)),
  constraint claims_status_redeemed_check check ((status in ('redeemed', 'restored')) = (redeemed_at is not null)),
  constraint claims_redeemed_check
    check (redeemed_at is null or (order_id is not null and redeemed_units is not null and discount is not null)),
  constraint claims_returned_check check (
    (returned_at is null) = (returned_by is null) and (returned_at is null) = (return_reason is null)
    and (returned_at is null or redeemed_at is not null)),
  constraint claims_first_order_check check ((first_order_id is null) = (first_pos_order_id is null))
);
-- Codes of held claims are unique; a used code can be issued again.
create unique index claims_live_code on claims (business_id, code) where status = 'held';
create unique index claims_live_card on claims (business_id, card_id) where status = 'held' and card_id is not null;
create index claims_of_code on claims (business_id, code, id);
create index claims_of_customer on claims (business_id, customer_id, id);
create index claims_of_order on claims (business_id, order_id) where order_id is not null;
create index claims_of_first_order on claims (business_id, first_order_id) where first_order_id is not null;
create index claims_running_out on claims (business_id, expires_at) where status = 'held';
create index claims_waiting on claims (business_id, waits_since) where waits_since is not null and status = 'redeemed';

-- Which order was merged into which: by its own reference (`named`), or because the other order carries its redeemed code.
create table order_joins (
  business_id uuid not null,
  order_id uuid not null,
  into_id uuid not null,
  named boolean not null,
  primary key (business_id, order_id, into_id)
);
create index order_joins_into on order_joins (business_id, into_id);

-- ---------------------------------------------------------------- installations

-- The consent of a business that LoyaPro may call its POS, with the state of the calls. Tokens are encrypted with the key of
-- the configuration.
create table installations (
  business_id uuid not null,
  pos_name text not null,
  status text not null check (status in ('connected', 'needs_consent')),
  -- The reference of the business, as the POS itself reported it.
  reference text not null,
  name text,
  access_token bytea not null,
  refresh_token bytea,
  token_expires_at timestamptz,
  -- Set while one process refreshes the tokens: a POS may accept a refresh token only once.
  refreshing_since timestamptz,
  -- Why a consent is needed, or why the last call failed; null without a problem.
  problem text,
  -- Calls of all processes in the minute that began at `calls_since`; the POS limits calls by token.
  calls_since timestamptz not null,
  calls integer not null default 0,
  -- No calls until then: the POS asked for it, or several calls failed.
  paused_until timestamptz,
  failures integer not null default 0,
  -- Progress of the catalogue sync: the part, its next page, and the number of pages at the start.
  sync_due_at timestamptz not null,
  sync_part text check (sync_part in ('branches', 'categories', 'products')),
  sync_page integer,
  sync_total integer,
  sync_started_at timestamptz,
  sync_failures integer not null default 0,
  sync_problem text,
  synced_at timestamptz,
  connected_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (business_id, pos_name)
) with (fillfactor = 80);

-- Consents that were requested and not granted yet. The row is deleted when the merchant returns, so each is used once.
create table pos_consents (
  business_id uuid not null,
  id uuid not null,
  pos_name text not null,
  -- The address to which the POS redirects the merchant; the POS requires it again in the token request.
  redirect_uri text not null,
  -- Hash of the cookie of the browser that confirmed the consent; only this browser can finish it.
  browser_hash bytea,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (business_id, id)
);

-- The ids of customers in a POS.
create table pos_customers (
  business_id uuid not null,
  pos_name text not null,
  customer_id uuid not null,
  pos_customer_id text not null,
  updated_at timestamptz not null,
  primary key (business_id, pos_name, customer_id)
);

-- Customers to send to a POS, written in the transaction of the change. One row per customer: the profile is read when it is
-- sent, and a change in the meantime raises the revision, so that it is sent again.
create table pos_customer_changes (
  business_id uuid not null,
  pos_name text not null,
  customer_id uuid not null,
  revision integer not null default 1,
  -- True when somebody edited the profile: it replaces what the POS has. Otherwise it only fills empty fields.
  overwrite boolean not null,
  status text not null check (status in ('waiting', 'failed')),
  due_at timestamptz not null,
  attempts integer not null default 0,
  problem text,
  created_at timestamptz not null,
  primary key (business_id, pos_name, customer_id)
);
create index pos_customer_changes_due on pos_customer_changes (business_id, pos_name, due_at) where status = 'waiting';

-- The catalogue of the POS, by the ids that rules and rewards refer to. Removed entries stay with `gone_at` set.
create table catalogue_categories (
  business_id uuid not null,
  pos_name text not null,
  category_id text not null,
  name text not null,
  name_ar text,
  seen_at timestamptz not null,
  gone_at timestamptz,
  primary key (business_id, pos_name, category_id)
);

create table catalogue_products (
  business_id uuid not null,
  pos_name text not null,
  product_id text not null,
  category_id text,
  name text not null,
  name_ar text,
  sku text,
  barcode text,
  -- In minor units of the currency; null for an open price.
  price bigint,
  active boolean not null,
  seen_at timestamptz not null,
  gone_at timestamptz,
  primary key (business_id, pos_name, product_id)
);
create index catalogue_products_by_name on catalogue_products (business_id, name, pos_name, product_id) where gone_at is null;

-- Import of past orders in the order of their POS reference; at most one per installation.
create table pos_backfills (
  business_id uuid not null,
  pos_name text not null,
  from_date date not null,
  status text not null check (status in ('running', 'done', 'failed')),
  -- The reference of the last imported order.
  last_reference bigint not null default 0,
  orders integer not null default 0,
  processed integer not null default 0,
  duplicate integer not null default 0,
  stale integer not null default 0,
  parked integer not null default 0,
  -- Not submitted: without a customer, or older than `from_date`.
  passed_over integer not null default 0,
  -- Ignored, invalid or failed; the log has the order's id.
  not_applied integer not null default 0,
  due_at timestamptz not null,
  attempts integer not null default 0,
  problem text,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (business_id, pos_name)
);

-- ================================================================ row-level security

-- The business API runs as the role `loyapro_api`, which sees the rows of one business only, whatever the query says.
do $$
declare
  tenant_table text;
begin
  if not exists (select from pg_roles where rolname = 'loyapro_api') then
    begin
      create role loyapro_api nologin;
    exception when duplicate_object or unique_violation then
      null; -- a concurrent migration of another database of this cluster created it
    end;
  end if;
  execute format('grant loyapro_api to %I', current_user);
  grant usage on schema public to loyapro_api;
  foreach tenant_table in array array[
    'business_locks', 'branches', 'customers', 'former_phones', 'merged_customers', 'one_time_passwords', 'wrong_codes',
    'idempotency_keys', 'accounts', 'transfers', 'lots', 'programs', 'program_versions', 'terms', 'program_budgets',
    'subscriptions', 'awards', 'archive_dictionaries', 'deliveries', 'orders', 'order_joins', 'rewards', 'reward_versions',
    'claims', 'installations', 'pos_consents', 'pos_customers', 'pos_customer_changes', 'catalogue_categories',
    'catalogue_products', 'pos_backfills']
  loop
    execute format('grant select, insert, update, delete on %I to loyapro_api', tenant_table);
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy one_business on %I to loyapro_api using (business_id = nullif(current_setting(''loyapro.business_id'', true), '''')::uuid)',
      tenant_table);
  end loop;
  -- Append-only tables: the role cannot change what is written.
  revoke update, delete on transfers, archive_dictionaries from loyapro_api;
  revoke execute on function search_customers from public;
  grant execute on function search_customers to loyapro_api;
end
$$;
