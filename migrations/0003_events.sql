-- What happened to a business, numbered without gaps, for readers such as webhooks. Without a reader nothing is recorded.

alter table business_locks add last_event bigint not null default 0, add has_readers boolean not null default false;

-- One row for all events of a business in one commit.
create table events (
  business_id uuid not null,
  first_seq bigint not null,
  last_seq bigint not null,
  -- Array in the order of the numbers; the shape of an element is in src/events/stored-event.ts.
  events json not null,
  primary key (business_id, last_seq)
);
create table event_readers (
  business_id uuid not null,
  reader text not null,
  -- The last event that it has read.
  position bigint not null,
  primary key (business_id, reader)
);
alter table events enable row level security;
create policy one_business on events to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert on events to loyapro_api;
alter table event_readers enable row level security;
create policy one_business on event_readers to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, update, delete on event_readers to loyapro_api;
