-- What staff decided on the units of an order above the ceiling of a program. Null for nearly every order.
alter table orders add column ceiling jsonb;
