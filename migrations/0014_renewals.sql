-- A plan that is bought again while it runs begins when that ends. So when it was bought is one thing, and when it begins another.

alter table subscriptions add column bought_at timestamptz;
update subscriptions set bought_at = started_at;
alter table subscriptions alter column bought_at set not null;

-- What is in force stays as it was: there, plans that are bought again run beside each other.
update program_versions set definition = jsonb_set(definition, '{plan,renewal}', '"parallel"')
where definition ->> 'type' = 'subscription' and definition -> 'plan' -> 'renewal' is null;
