-- Who did it: the actor of every write, `kind:id` (contract/actor.ts). Null in rows older than this.

alter table businesses add created_by text, add updated_by text;
alter table branches add updated_by text;
alter table pos_systems add created_by text;
alter table pos_secrets add created_by text, add retired_by text;
alter table pos_revocations add created_by text;
alter table pos_connections add created_by text, add updated_by text;
alter table connection_codes add created_by text;
alter table api_keys add created_by text, add revoked_by text;
alter table installations add connected_by text, add updated_by text;
alter table pos_consents add created_by text;
alter table pos_backfills add started_by text;

alter table customers add created_by text, add updated_by text, add card_renewed_by text;
alter table former_phones add replaced_by text, add released_by text;
alter table merged_customers add merged_by text;
-- The id of an API key as the API shows it: base32 of its 128 bits (src/kernel/base32.ts).
update former_phones p set replaced_by = (select 'key:key_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
    substring(B'00' || ('x' || replace(p.key_id::text, '-', ''))::bit(128) from 5 * i + 1 for 5)::int + 1, 1), '' order by i)
  from generate_series(0, 25) i)
where key_id is not null;
update merged_customers c set merged_by = (select 'key:key_' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
    substring(B'00' || ('x' || replace(c.key_id::text, '-', ''))::bit(128) from 5 * i + 1 for 5)::int + 1, 1), '' order by i)
  from generate_series(0, 25) i)
where key_id is not null;
alter table former_phones drop key_id;
alter table merged_customers drop key_id;
alter table one_time_passwords add created_by text;

alter table programs add updated_by text;
alter table program_versions add created_by text;
alter table terms add created_by text;
alter table rewards add updated_by text;
alter table reward_versions add created_by text;
alter table subscriptions add created_by text, add ended_by text;

-- `returned_by` held the id of the API key alone.
update claims set returned_by = 'key:' || returned_by where returned_by is not null;
alter table claims add created_by text, add ended_by text;
update orders set clock = jsonb_set(clock, '{applied,by}', to_jsonb('key:' || (clock #>> '{applied,by}')))
  where clock #> '{applied,by}' is not null;
update orders set ceiling = jsonb_set(ceiling, '{last,by}', to_jsonb('key:' || (ceiling #>> '{last,by}')))
  where ceiling #> '{last,by}' is not null;

-- Null for what orders earn and redeem: that is by their POS.
alter table transfers add actor text;
alter table deliveries add replayed_at timestamptz, add replayed_by text;

-- Rows that are deleted leave behind who deleted them.
create table removals (
  business_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('connection', 'installation')),
  name text not null,
  removed_at timestamptz not null,
  removed_by text not null,
  primary key (business_id, id)
);
alter table removals enable row level security;
create policy one_business on removals to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert on removals to loyapro_api;
