-- Requests of a POS that were refused before they became a delivery: the latest of each POS, up to a
-- limit. They show a merchant why a POS is not connected.

create table refused_deliveries (
  business_id uuid not null,
  pos_name text not null,
  -- From 0; the oldest is overwritten.
  slot smallint not null,
  at timestamptz not null,
  reason text not null,
  -- The reference of the business that the request named.
  reference text,
  -- The problems of an invalid order.
  errors jsonb,
  primary key (business_id, pos_name, slot)
);
alter table refused_deliveries enable row level security;
create policy one_business on refused_deliveries to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, update, delete on refused_deliveries to loyapro_api;
