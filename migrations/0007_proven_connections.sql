-- Connections need proof, and a reference is compared in its normalised form (src/kernel/text.ts, normaliseReference).

-- A POS that a business registered for itself: it alone can be connected to it. Null: the operator registered it.
alter table pos_systems add column business_id uuid references businesses (id);
create index pos_systems_of_business on pos_systems (business_id) where business_id is not null;

-- The function in TypeScript decides; this copy brings rows from before to the same form.
create function pg_temp.normalise_reference(reference text) returns text language sql as $$
  select case when plain ~ '^[0-9]+$' then regexp_replace(plain, '^0+(?=[0-9])', '') else plain end
  from (
    select regexp_replace(
      translate(
        normalize(
          regexp_replace(
            normalize(reference, NFKC),
            '[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]',
            '', 'g'),
          NFKC),
        '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'),
      '^\s+|\s+$', '', 'g') as plain
  ) as n
$$;

-- `reference` stays as it was written, for people. `reference_key` is what deliveries are matched by.
alter table pos_connections add column reference_key text;
update pos_connections set reference_key = pg_temp.normalise_reference(reference);

-- Where references of several businesses fall together, nobody can tell which of them a new spelling means: each business keeps
-- the exact spelling that it had, and no other. Such a key begins with a zero-width space, which no normalised reference has.
update pos_connections c set reference_key = U&'\200B' || reference
where exists (
  select from pos_connections d
  where d.pos_name = c.pos_name and d.reference_key = c.reference_key and d.business_id <> c.business_id);

-- Where references of one business fall together, the earliest connection stands for all of them.
delete from pos_connections c using pos_connections d
where d.pos_name = c.pos_name and d.reference_key = c.reference_key
  and (d.created_at, d.reference) < (c.created_at, c.reference);

alter table pos_connections
  alter column reference_key set not null,
  drop constraint pos_connections_pkey,
  add primary key (pos_name, reference_key);

alter table unmatched_deliveries add column reference_key text;
update unmatched_deliveries set reference_key = pg_temp.normalise_reference(reference);
alter table unmatched_deliveries alter column reference_key set not null;
drop index unmatched_deliveries_of_reference;
create index unmatched_deliveries_of_reference on unmatched_deliveries (pos_name, reference_key, id);

-- Codes by which a business proves, from its POS, that a reference is its own. Only a hash of a code is stored.
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

-- Wrong connection codes, per POS and per reference of it. What they belong to is not known yet.
create table connection_attempts (
  pos_name text not null references pos_systems (name),
  subject text not null,
  wrong integer not null,
  since timestamptz not null,
  primary key (pos_name, subject)
);

-- A revocation may take effect later, so that a token is exchanged without a pause. Null: at once.
alter table pos_revocations add column effective_at timestamptz;
