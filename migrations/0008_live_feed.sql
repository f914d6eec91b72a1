-- A reader with an end: the live feed needs events only while somebody looks at it.

alter table event_readers add lapses_at timestamptz;
