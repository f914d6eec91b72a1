-- Second factors of staff: authenticator apps (TOTP), recovery codes and passkeys.

create table staff_totp (
  staff_id uuid primary key references staff,
  -- AES-256-GCM, bound to the person.
  secret bytea not null,
  created_at timestamptz not null,
  -- When the first code was given; null: the secret waits for it.
  confirmed_at timestamptz,
  -- The time step of the code that was used last: a code works once.
  last_step bigint not null
);

-- Each is deleted when it is used.
create table staff_recovery_codes (
  staff_id uuid not null references staff,
  hash bytea not null,
  primary key (staff_id, hash)
);

create table staff_passkeys (
  id uuid primary key,
  staff_id uuid not null references staff,
  credential_id bytea not null unique,
  -- COSE.
  public_key bytea not null,
  -- Uses, as the authenticator counts them; 0 where it does not.
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index on staff_passkeys (staff_id);
