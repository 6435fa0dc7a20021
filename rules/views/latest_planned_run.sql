-- The latest initial or planned (not triggered) risk assessment performed so far; at most one row.
select r.*
from risk_assessment_run r
where r.id = (
  select y.id
  from risk_assessment_run y
  where y.performed_on <= as_of() and y.kind in ('initial', 'planned')
  order by y.performed_on desc, y.id desc
  limit 1)
