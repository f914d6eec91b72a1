-- Mail to staff. A mail is written in the transaction of what causes it, and sent by a job. The text, which may contain the secret
-- of a link, is sealed, and is deleted once the mail is sent.

create table mails (
  id uuid primary key,
  -- The business on whose behalf it is sent; null for what concerns an account alone.
  business_id uuid,
  kind text not null,
  language text not null check (language in ('ar', 'en')),
  recipient text not null,
  -- What the text states.
  sealed_content bytea,
  -- discarded: nobody has this address; the row is written for equal work.
  status text not null check (status in ('waiting', 'sending', 'sent', 'failed', 'discarded')),
  attempts int not null,
  -- When it is sent next; of a mail that is being sent, when it was claimed.
  due_at timestamptz not null,
  -- The end of what it offers; it is not sent any more.
  expires_at timestamptz not null,
  created_at timestamptz not null,
  created_by text not null,
  sent_at timestamptz,
  -- Why it was not sent: a word of ours, or the status of the mail server.
  problem text
);
create index on mails (status, due_at) where status in ('waiting', 'sending');
create index on mails (business_id, id);
create index on mails (expires_at);
