-- The key that created a key; revoking it revokes its children. Null: created by the operator, or before this was kept.
alter table api_keys add column parent_id uuid references api_keys (id);
create index api_keys_of_parent on api_keys (parent_id) where parent_id is not null;
