-- Back-tests: what a version of a program would have given for the orders of past days, beside what was really given.

create table back_tests (
  business_id uuid not null,
  id uuid not null,
  program_id uuid not null,
  -- Null: a draft that is no version of the program.
  version integer,
  definition jsonb not null,
  -- Business dates, both included.
  from_date date not null,
  to_date date not null,
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- The sales of these days; null until they are counted.
  orders bigint,
  assessed bigint not null default 0,
  result jsonb,
  -- Why it failed.
  problem text,
  created_at timestamptz not null,
  created_by text not null,
  started_at timestamptz,
  -- When the process that runs it last reported.
  seen_at timestamptz,
  finished_at timestamptz,
  primary key (business_id, id)
);
create index back_tests_of_program on back_tests (business_id, program_id, id);
create index back_tests_unfinished on back_tests (business_id, id) where status in ('waiting', 'running');
alter table back_tests enable row level security;
create policy one_business on back_tests to loyapro_api
  using (business_id = nullif(current_setting('loyapro.business_id', true), '')::uuid);
grant select, insert, update, delete on back_tests to loyapro_api;
