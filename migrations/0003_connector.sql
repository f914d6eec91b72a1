-- The connector: accounts at points of sale that LoyaPro may call, what it has to tell them, and what it learned from them.

-- The consent of a business that LoyaPro may call a POS in its name. The tokens are sealed with the key of the configuration.
create table pos_accounts (
  business_id uuid not null,
  pos_name text not null,
  status text not null check (status in ('connected', 'needs_consent')),
  -- By which the POS names the business, as the POS itself said.
  reference text not null,
  name text,
  access_token bytea not null,
  refresh_token bytea,
  token_expires_at timestamptz,
  -- Why a consent is needed, or why the last call failed; null when all is well.
  problem text,
  -- Calls in the minute that began at calls_since, whichever process made them: the POS counts them by token.
  calls_since timestamptz not null,
  calls integer not null default 0,
  -- The POS is left alone until then: it said so, or it failed several times.
  paused_until timestamptz,
  failures integer not null default 0,
  -- The walk over the catalogue: what is read, its next page, and how many there were when it began.
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

-- Consents that were asked for and not given yet. A row is deleted by whoever comes back with it, so each counts once.
create table pos_consents (
  business_id uuid not null,
  id uuid not null,
  pos_name text not null,
  -- The address to which the POS sends the merchant back; the POS wants to hear the same one again.
  redirect_uri text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (business_id, id)
);

-- Under which id a POS knows a customer.
create table pos_customers (
  business_id uuid not null,
  pos_name text not null,
  customer_id uuid not null,
  pos_customer_id text not null,
  updated_at timestamptz not null,
  primary key (business_id, pos_name, customer_id)
);

-- Customers of whom a POS must hear, written in the transaction of the change itself. One row a customer: what is sent is
-- what the profile says when it is sent, and a change in the meantime raises the revision, so that it is sent again.
create table pos_customer_changes (
  business_id uuid not null,
  pos_name text not null,
  customer_id uuid not null,
  revision integer not null default 1,
  -- Somebody changed the profile by hand, so it wins over what the POS has; else it only fills what is empty there.
  overwrite boolean not null,
  status text not null check (status in ('waiting', 'failed')),
  due_at timestamptz not null,
  attempts integer not null default 0,
  problem text,
  created_at timestamptz not null,
  primary key (business_id, pos_name, customer_id)
);
create index pos_customer_changes_due on pos_customer_changes (business_id, pos_name, due_at) where status = 'waiting';

-- What the POS sells, under the ids that rules and rewards name. What the POS has no more keeps its row and its name.
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
  -- Minor units of the business's currency; null when the till asks for it.
  price bigint,
  active boolean not null,
  seen_at timestamptz not null,
  gone_at timestamptz,
  primary key (business_id, pos_name, product_id)
);
create index catalogue_products_by_name on catalogue_products (business_id, name, pos_name, product_id) where gone_at is null;

-- A walk over the past orders of an account, by the number that the POS gives them; at most one an account.
create table pos_backfills (
  business_id uuid not null,
  pos_name text not null,
  from_date date not null,
  status text not null check (status in ('running', 'done', 'failed')),
  -- The number of the last order that was handed to ingest.
  last_reference bigint not null default 0,
  orders integer not null default 0,
  processed integer not null default 0,
  duplicate integer not null default 0,
  stale integer not null default 0,
  parked integer not null default 0,
  -- Not handed in: without a customer, or from before the date.
  passed_over integer not null default 0,
  -- Ignored, invalid or failed: in the log, with the order's id.
  not_applied integer not null default 0,
  due_at timestamptz not null,
  attempts integer not null default 0,
  problem text,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (business_id, pos_name)
);

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['pos_accounts', 'pos_consents', 'pos_customers', 'pos_customer_changes',
    'catalogue_categories', 'catalogue_products', 'pos_backfills']
  loop
    execute format('grant select, insert, update, delete on %I to loyapro_api', tenant_table);
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy one_business on %I to loyapro_api using (business_id = nullif(current_setting(''loyapro.business_id'', true), '''')::uuid)',
      tenant_table);
  end loop;
end
$$;
