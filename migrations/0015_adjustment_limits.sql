-- What people may adjust by hand: limits of a business by role, and what each person has adjusted on a day.

create table adjustment_limits (
  business_id uuid not null,
  role text not null,
  -- Minor units of the business.
  per_adjustment bigint not null check (per_adjustment >= 0),
  per_day bigint not null check (per_day >= per_adjustment),
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (business_id, role)
);
alter table adjustment_limits enable row level security;
create policy one_business on adjustment_limits to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, update, delete on adjustment_limits to loyapro_api;

create table adjusted_amounts (
  business_id uuid not null,
  staff_id uuid not null,
  -- A day in the time zone of the business.
  day date not null,
  -- Minor units, additions and deductions alike.
  amount bigint not null check (amount > 0),
  primary key (business_id, staff_id, day)
);
alter table adjusted_amounts enable row level security;
create policy one_business on adjusted_amounts to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, update on adjusted_amounts to loyapro_api;
