-- Who set which value of a profile. `entered`: by field, the value that staff or the customer entered and when ({"name": {"value": "…",
-- "at": epoch milliseconds}}). `pos_profile`: by field, what the POS said last. Both are null while nobody has entered anything: then
-- the profile is what the POS said last.
alter table customers add column entered jsonb, add column pos_profile jsonb;
