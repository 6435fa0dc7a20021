-- The approved internal audit programme whose period holds the day of the question; at most one row, the latest start wins.
select x.*
from audit_programme x
where x.id = (
  select y.id
  from audit_programme y
  where y.approved_on is not null and y.period_start <= as_of() and y.period_end >= as_of()
  order by y.period_start desc, y.id desc
  limit 1)
