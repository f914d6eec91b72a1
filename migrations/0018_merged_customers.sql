-- Mobile numbers that a customer had before, and customers that were merged into another one.

-- Orders that name such a number are the customer's. Once it is released, only those are that were placed before.
create table former_phones (
  business_id uuid not null,
  phone text not null check (phone ~ '^\+[1-9][0-9]{5,14}$'),
  customer_id uuid not null,
  reason text not null,
  -- The API key that changed the number.
  key_id uuid,
  created_at timestamptz not null,
  released_at timestamptz,
  primary key (business_id, phone)
);
create index former_phones_of_customer on former_phones (business_id, customer_id);

-- What is left of a customer that was merged. Their transfers stay as they were written; all else is the other customer's.
create table merged_customers (
  business_id uuid not null,
  id uuid not null,
  -- Whoever it was merged into in the end: merging that one again moves it along.
  into_id uuid not null,
  phone text not null,
  name text,
  reason text not null,
  key_id uuid,
  created_at timestamptz not null,
  merged_at timestamptz not null,
  primary key (business_id, id)
);
create index merged_customers_into on merged_customers (business_id, into_id);

alter table transfers drop constraint transfers_check1;
alter table transfers add constraint transfers_check1 check ((kind, debit, credit) in (
  ('earn', 'issued', 'available'), ('earn', 'issued', 'pending'),
  ('grant', 'issued', 'available'), ('grant', 'issued', 'pending'),
  ('reverse', 'available', 'issued'), ('reverse', 'pending', 'issued'),
  ('pending_release', 'pending', 'available'),
  ('expire', 'available', 'expired'), ('expire', 'pending', 'expired'),
  ('redeem', 'available', 'redeemed'), ('redeem', 'held', 'redeemed'),
  ('restore', 'redeemed', 'available'), ('restore', 'expired', 'available'),
  ('hold', 'available', 'held'), ('release', 'held', 'available'),
  ('adjust', 'adjusted', 'available'), ('adjust', 'available', 'adjusted'),
  ('write_off', 'written_off', 'available'), ('write_off', 'available', 'written_off'),
  ('merge', 'available', 'adjusted'), ('merge', 'adjusted', 'available'),
  ('merge', 'pending', 'adjusted'), ('merge', 'adjusted', 'pending'),
  ('merge', 'held', 'adjusted'), ('merge', 'adjusted', 'held')));

do $$
declare
  tenant_table text;
begin
  foreach tenant_table in array array['former_phones', 'merged_customers']
  loop
    execute format('grant select, insert, update, delete on %I to loyapro_api', tenant_table);
    execute format('alter table %I enable row level security', tenant_table);
    execute format(
      'create policy one_business on %I to loyapro_api using (business_id = nullif(current_setting(''loyapro.business_id'', true), '''')::uuid)',
      tenant_table);
  end loop;
end
$$;
