-- At the till: what can be had for units, the codes under which it is claimed, and what became of them.

-- ---------------------------------------------------------------- the catalogue

create table rewards (
  business_id uuid not null,
  id uuid not null,
  -- In whose units it is priced.
  program_id uuid not null,
  name text not null,
  name_ar text not null,
  image_url text,
  status text not null check (status in ('active', 'archived')),
  version integer not null check (version > 0),
  -- Claims of it that are held or redeemed: what a limit in all is measured by.
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
  -- Units of the program.
  price bigint not null check (price >= 0),
  terms jsonb not null,
  created_at timestamptz not null,
  primary key (business_id, reward_id, version),
  foreign key (business_id, reward_id) references rewards (business_id, id)
);

-- ---------------------------------------------------------------- claims

-- One customer's claim to one discount, under a code. It carries its terms with it: what was promised when it was made is what is
-- given, whatever becomes of the reward.
create table claims (
  business_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  program_id uuid not null,
  -- A reward of the catalogue, an amount of cashback, a full stamp card, or one use of a subscription.
  kind text not null check (kind in ('reward', 'cashback', 'card', 'use')),
  reward_id uuid,
  reward_version integer,
  card_id uuid,
  name text not null,
  name_ar text not null,
  terms jsonb not null,
  -- Set aside while it is held; 0 for a card, whose stamps are spent already.
  units bigint not null check (units >= 0),
  -- The lots from which the units came that are held, or spent, now, and how much of each; what is spent beyond them was debt.
  lots uuid[] not null default '{}',
  lot_units bigint[] not null default '{}',
  code text not null check (code ~ '^[0-9]{8}$'),
  status text not null check (status in ('held', 'redeemed', 'restored', 'expired', 'cancelled')),
  created_at timestamptz not null,
  -- When the code runs out.
  expires_at timestamptz not null,
  -- When it was released or restored.
  ended_at timestamptz,

  -- How it was redeemed; null until then.
  redeemed_at timestamptz,
  -- Of `units`, how many were spent; what a cashback claim did not need went back at once.
  redeemed_units bigint check (redeemed_units >= 0),
  -- Of those, how many were given back with the order.
  restored_units bigint not null default 0 check (restored_units >= 0),
  -- Whether the till said so, or only the order did.
  redeemed_by text check (redeemed_by in ('till', 'order')),
  -- The order's row, which may not have arrived yet.
  order_id uuid,
  pos_name text,
  pos_order_id text,
  pos_branch_id text,
  pos_user_id text,
  -- Minor units of the currency that were taken off, as the till said, else as the order shows.
  discount bigint check (discount >= 0),
  -- [{product_id, quantity}]
  products jsonb,
  business_date date,

  primary key (business_id, id),
  check (cardinality(lots) = cardinality(lot_units)),
  check ((status in ('redeemed', 'restored')) = (redeemed_at is not null)),
  check (redeemed_at is null or (order_id is not null and redeemed_units is not null and discount is not null))
);
-- No two codes that can be used are alike; a code that was used may be given again.
create unique index claims_live_code on claims (business_id, code) where status = 'held';
create unique index claims_live_card on claims (business_id, card_id) where status = 'held' and card_id is not null;
create index claims_of_code on claims (business_id, code, id);
create index claims_of_customer on claims (business_id, customer_id, id);
create index claims_of_order on claims (business_id, order_id) where order_id is not null;
create index claims_running_out on claims (business_id, expires_at) where status = 'held';

-- Wrong codes that were typed, by whom it concerns: a customer's phone, or a till. Ten in ten minutes, and no more are heard.
create table wrong_codes (
  business_id uuid not null,
  -- A hash: nobody is to read phones here.
  subject bytea not null,
  wrong integer not null check (wrong > 0),
  -- The first of them.
  since timestamptz not null,
  primary key (business_id, subject)
);
create index wrong_codes_by_age on wrong_codes (business_id, since);

-- ---------------------------------------------------------------- proof that the customer stands there

-- The last one-time password that was sent to a customer.
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

-- A card that was lost is worth nothing once the next one was given out.
alter table customers add column card_serial integer not null default 1 check (card_serial > 0);

-- ---------------------------------------------------------------- orders that somebody should look at

-- What does not fit between an order and the rewards that were redeemed for it; null when all does.
alter table orders add column flags text[];
create index orders_flagged on orders (business_id, occurred_at, id) where flags is not null;

-- ---------------------------------------------------------------- the second lock

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['rewards', 'reward_versions', 'claims', 'wrong_codes', 'one_time_passwords']
  loop
    execute format('grant select, insert, update, delete on %I to loyapro_api', tenant_table);
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy one_business on %I to loyapro_api using (business_id = nullif(current_setting(''loyapro.business_id'', true), '''')::uuid)',
      tenant_table);
  end loop;
end
$$;
