-- What an order moved is found by whose it is: the transfers of a customer lie together in the primary key. An index of sources took two
-- entries an order, all over the disk.

-- Whose it was before, for their transfers still name it; null when it was nobody else's.
alter table orders add column former_customers uuid[];

update orders o set former_customers = t.customers
from (
  select m.business_id, m.source_id, array_agg(distinct m.customer_id) as customers
  from transfers m join orders s on s.business_id = m.business_id and s.id = m.source_id
  where m.customer_id is distinct from s.customer_id
  group by m.business_id, m.source_id) t
where t.business_id = o.business_id and t.source_id = o.id;

drop index transfers_of_source;
