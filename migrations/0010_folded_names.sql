-- Names are searched in the form that `foldForSearch` (src/kernel/text.ts) gives them: without case, diacritics, tatweel, Latin accents,
-- spaces, bare hamza and invisible characters; variants of letters, presentation forms and digits of other scripts become the plain
-- ones. A test holds both to the same result. The index is built anew: writing to customers waits for it once.
drop index customers_search;

create or replace function fold_name(name text) returns text
  language sql immutable strict parallel safe
  return case
    when name ~ '^[ -~]*$' then replace(lower(name), ' ', '')
    else normalize(
      replace(replace(replace(replace(
        translate(
          regexp_replace(
            lower(normalize(name, NFKD)),
            '[\u0001-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'
              '\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08ff'
              '\u0621\u0640\u0674\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+',
            '', 'g'),
          U&'\0671\0672\0673\0649\06cc\06cd\06ce\06d0\06d2\0629\06be\06c1\06c3\06d5\06a9\06aa'
            || 'øłđðħıŧς' || '٠١٢٣٤٥٦٧٨٩' || '۰۱۲۳۴۵۶۷۸۹',
          'ااايييييي' || 'ههههه' || 'كك' || 'olddhitσ' || '0123456789' || '0123456789'),
        'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'),
      NFC)
  end;

create index customers_search on customers using gin (business_id, fold_name(name) gin_trgm_ops, phone gin_trgm_ops);
