-- The latest risk assessment performed so far, of any kind; at most one row.
select r.*
from risk_assessment_run r
where r.id = (
  select y.id from risk_assessment_run y where y.performed_on <= as_of() order by y.performed_on desc, y.id desc limit 1)
