-- One frame a delivery: what was sent, how it was read and what was answered are compressed together, with a dictionary of the
-- business's own (docs/decisions/0008-one-frame-a-delivery.md). Rows from before stay as they are, and are read as before.

-- Null: `body` is a frame that holds the answer too. Not null: a row from before, `body` is what was sent and nothing else.
alter table deliveries alter column answer drop not null;

-- Both null: the order as it was read lies in the frame of the delivery `delivery_id`.
alter table orders alter column dictionary drop not null;
alter table orders alter column snapshot drop not null;
-- Null: `delivery_id` is the only one.
alter table orders alter column deliveries drop not null;

-- Frames of the business that others are compressed with: named by `deliveries.dictionary`, from 100 on (below are those that
-- LoyaPro ships). Append-only and kept for ever, as a row that names one cannot be read without it; there is one a month at most
-- for each adapter.
create table archive_dictionaries (
  business_id uuid not null,
  number smallint not null check (number >= 100),
  adapter text not null check (adapter in ('foodics', 'standard')),
  -- The shipped dictionary with which this one is compressed itself.
  dictionary smallint not null check (dictionary < 100),
  bytes bytea not null,
  created_at timestamptz not null,
  primary key (business_id, number)
);
alter table archive_dictionaries alter column bytes set storage external;

grant select, insert on archive_dictionaries to loyapro_api;
alter table archive_dictionaries enable row level security;
create policy one_business on archive_dictionaries to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
