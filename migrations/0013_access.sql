-- One process at a time refreshes the tokens of an account: a POS may take a refresh token once only.
alter table pos_accounts add column refreshing_since timestamptz;

-- A secret that the POS sends with every call for this connection; only its SHA-256 is kept. The one before is accepted for a while.
alter table pos_connections
  add column secret_hash bytea,
  add column old_secret_hash bytea,
  add column old_secret_until timestamptz,
  add check ((old_secret_hash is null) = (old_secret_until is null));
