-- The certificate in force: active, suspended or reduced, the latest decision first; at most one row.
select x.*
from certificate x
where x.id = (
  select y.id
  from certificate y
  where y.status in ('active', 'suspended', 'reduced')
  order by y.decision_on desc, y.id desc
  limit 1)
