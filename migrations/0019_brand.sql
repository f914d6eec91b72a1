-- What a business looks like to its customers: colours, the design of the card, and the logo.

create table brands (
  business_id uuid primary key,
  -- The four colours, each #rrggbb.
  colors jsonb not null,
  -- What stamps bear, and the ground of the hero.
  card jsonb not null,
  -- The hash of the logo in brand_logos; null without one.
  logo text,
  updated_at timestamptz not null,
  updated_by text
);
alter table brands enable row level security;
create policy one_business on brands to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, update on brands to loyapro_api;

-- The picture is apart, so that reading a brand reads no picture. Its address contains the hash, so an address never shows another
-- picture.
create table brand_logos (
  business_id uuid not null,
  -- The first 32 hexadecimal digits of the SHA-256 of the picture.
  hash text not null,
  type text not null check (type in ('image/png', 'image/jpeg', 'image/webp')),
  width integer not null,
  height integer not null,
  picture bytea not null,
  created_at timestamptz not null,
  created_by text,
  primary key (business_id, hash)
);
alter table brand_logos enable row level security;
create policy one_business on brand_logos to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, delete on brand_logos to loyapro_api;
