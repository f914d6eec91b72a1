-- Privacy notices: what a business tells customers about their data when they join, version by version. A published one never changes,
-- so a consent that names it stays what it was.

create table privacy_notices (
  business_id uuid not null,
  id uuid not null,
  -- From 1 on, in the sequence of publishing; null: a draft.
  version integer,
  -- The notice and the sentences of consent, each in English and Arabic.
  texts jsonb not null,
  created_at timestamptz not null,
  created_by text,
  updated_at timestamptz not null,
  updated_by text,
  published_at timestamptz,
  published_by text,
  primary key (business_id, id),
  check ((version is null) = (published_at is null))
);
create unique index privacy_notices_version on privacy_notices (business_id, version);
alter table privacy_notices enable row level security;
create policy one_business on privacy_notices to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, update, delete on privacy_notices to loyapro_api;
