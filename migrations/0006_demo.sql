-- Demo businesses: how much of the recorded history they have received, and whether they are being removed.

create table demo_businesses (
  business_id uuid not null,
  -- What is added to the times of the recording, in milliseconds: whole weeks.
  shift bigint not null,
  -- Visits of the recording that were sent.
  position integer not null default 0,
  -- Visits that lay in the past when the demo was created.
  due integer not null default 0,
  loaded_at timestamptz,
  removed_at timestamptz,
  -- The business of its own that the owner got instead.
  replaced_by uuid,
  primary key (business_id)
);
alter table demo_businesses enable row level security;
create policy one_business on demo_businesses to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select on demo_businesses to loyapro_api;
