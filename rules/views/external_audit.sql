-- Audits by the certification body that were not cancelled, with their date: begun, else planned.
select a.*, coalesce(a.started_on, a.planned_start) as held_on
from audit a
where a.kind in ('stage1', 'stage2', 'surveillance', 'recertification', 'special', 'follow_up')
  and a.status <> 'cancelled'
