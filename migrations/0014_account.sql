-- What people choose for themselves, in every browser; and their sessions, newest first.

alter table staff
  add column color_scheme text not null default 'system' check (color_scheme in ('system', 'light', 'dark')),
  -- Of Arabic text.
  add column numerals text not null default 'latin' check (numerals in ('latin', 'arabic_indic'));

create index staff_sessions_of_person on staff_sessions (staff_id, id) where ended_at is null;
