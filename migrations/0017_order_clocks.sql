-- What clocks that differ make of an order: when an order stamped ahead of its receipt came, the void that is older than its sale, and who
-- applied it. Null for nearly every order.
alter table orders add column clock jsonb;
