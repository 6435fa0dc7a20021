-- The highest version with status approved or effective, an effective one before any approved one; at most one row (rulebook: current plan).
select x.*
from risk_treatment_plan x
where x.id = (
  select y.id
  from risk_treatment_plan y
  where y.status in ('approved', 'effective')
  order by case y.status when 'effective' then 0 else 1 end, y.version desc, y.id
  limit 1)
