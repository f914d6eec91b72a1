-- Every write by staff, a key or a device: who, when, from where, what, before and after. Append-only.

create table activity (
  business_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor text not null,
  -- The operation of the API, by its operationId.
  operation text not null,
  -- The id of what it changed; null for the business itself.
  subject text,
  address text not null,
  user_agent text not null,
  request_id text not null,
  -- The values that changed. Without secrets and personal data of customers.
  before jsonb,
  after jsonb,
  primary key (business_id, id)
);
create index activity_by_actor on activity (business_id, actor, id);
create index activity_by_operation on activity (business_id, operation, id);
create index activity_by_subject on activity (business_id, subject, id);
alter table activity enable row level security;
create policy one_business on activity to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert on activity to loyapro_api;

-- Reads by a person who is limited to branches see their orders and their branches alone. The setting is a list of ids; without it
-- all are seen. The subselects are evaluated once for a statement, not for each row.
create policy own_branches on orders as restrictive for select to loyapro_api
  using ((select coalesce(current_setting('loyapro.branch_ids', true), '')) = ''
    or branch_id = any ((select string_to_array(current_setting('loyapro.branch_ids', true), ','))::uuid[]));
create policy own_branches on branches as restrictive for select to loyapro_api
  using ((select coalesce(current_setting('loyapro.branch_ids', true), '')) = ''
    or id = any ((select string_to_array(current_setting('loyapro.branch_ids', true), ','))::uuid[]));
