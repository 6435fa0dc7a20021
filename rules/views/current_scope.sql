-- The highest version with status approved or effective, an effective one before any approved one; at most one row (rulebook: current scope).
select x.*
from scope_statement x
where x.id = (
  select y.id
  from scope_statement y
  where y.status in ('approved', 'effective')
  order by case y.status when 'effective' then 0 else 1 end, y.version desc, y.id
  limit 1)
