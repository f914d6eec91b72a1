-- People who sign in, and what they may do in which business. Secrets that were sent to somebody are stored as SHA-256 only.

create table staff (
  id uuid primary key,
  -- Normalised by src/staff/email.ts: equal addresses are equal text.
  email text not null unique,
  name text not null,
  language text not null check (language in ('ar', 'en')),
  -- Argon2id in PHC format.
  password_hash text not null,
  created_at timestamptz not null,
  created_by text not null
);

create table memberships (
  business_id uuid not null references businesses,
  staff_id uuid not null references staff,
  role text not null,
  -- Null: all branches.
  branch_ids uuid[],
  created_at timestamptz not null,
  created_by text not null,
  updated_by text not null,
  primary key (business_id, staff_id)
);
create index on memberships (staff_id);

create table staff_sessions (
  id uuid primary key,
  staff_id uuid not null references staff,
  hash bytea not null unique,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  -- When the person last proved who they are, with a password or a passkey.
  authenticated_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  -- The address, and what it counts as for limits (src/businesses/limits.ts).
  address text not null,
  network text not null,
  user_agent text not null
);
create index on staff_sessions (staff_id);
create index on staff_sessions (ends_at);

-- What is good once: one-time links, resets, awaited second factors, passkey challenges. Using one deletes it.
create table staff_tokens (
  hash bytea primary key,
  purpose text not null,
  staff_id uuid references staff,
  data jsonb not null,
  expires_at timestamptz not null
);
create index on staff_tokens (staff_id);
create index on staff_tokens (expires_at);

-- Limits of attempts: when the allowance of the key is full again.
create table staff_attempts (
  key text primary key,
  full_at timestamptz not null
);
create index on staff_attempts (full_at);
