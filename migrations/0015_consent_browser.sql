-- The browser in which a consent was confirmed, by the hash of its cookie: it can be finished in that browser alone.
alter table pos_consents add column browser_hash bytea;
