-- An order that was joined into another one earns nothing; what was redeemed on it belongs to the order that holds its goods.

alter table orders drop constraint orders_status_check;
alter table orders add constraint orders_status_check check (status in ('initiated', 'paid', 'void', 'refunded', 'joined'));

-- Which order took the goods of which: it names the other one, or it carries the code that was redeemed on it.
create table order_joins (
  business_id uuid not null,
  order_id uuid not null,
  into_id uuid not null,
  named boolean not null,
  primary key (business_id, order_id, into_id)
);
create index order_joins_into on order_joins (business_id, into_id);

-- The order that a code was first redeemed for, where another one holds the redemption now; and since when a redemption waits for one.
alter table claims
  add column first_order_id uuid,
  add column first_pos_order_id text,
  add column waits_since timestamptz,
  add constraint claims_first_order_check check ((first_order_id is null) = (first_pos_order_id is null));
create index claims_of_first_order on claims (business_id, first_order_id) where first_order_id is not null;
create index claims_waiting on claims (business_id, waits_since) where waits_since is not null and status = 'redeemed';

grant select, insert, update, delete on order_joins to loyapro_api;
alter table order_joins enable row level security;
create policy one_business on order_joins to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
