-- The Stage 2 audit for the certificate sought, with its date: begun, else planned (rulebook: stage2); cancelled ones do not count; at most one row.
select a.*, coalesce(a.started_on, a.planned_start) as held_on
from audit a
where a.id = (
  select y.id
  from audit y
  where y.kind = 'stage2' and y.status <> 'cancelled'
  order by coalesce(y.started_on, y.planned_start) desc, y.id desc
  limit 1)
