-- Invitations of people to a business, until they are accepted, withdrawn or forgotten. The link has the secret; here is its SHA-256.

create table invitations (
  id uuid primary key,
  business_id uuid not null references businesses,
  -- Normalised by src/staff/email.ts.
  email text not null,
  role text not null,
  -- Null: all branches.
  branch_ids uuid[],
  hash bytea not null unique,
  -- The latest mail with the link.
  mail_id uuid not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  created_by text not null,
  updated_by text not null,
  unique (business_id, email)
);
create index on invitations (expires_at);
