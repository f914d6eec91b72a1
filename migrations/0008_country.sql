-- The country of a business (ISO 3166-1 alpha-2): phone numbers that name no country belong to it. Null means the country of its
-- time zone.
alter table businesses add column country text check (country ~ '^[A-Z]{2}$');
