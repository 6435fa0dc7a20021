-- Vulnerability findings with the day by which they have to be fixed for their CVSS band (rulebook A8.8-01, patch_days). What was known
-- before `overdue_before` is past that day; the four days are worked out once, `due_on` for each finding that it is asked of.
select q.*, add_days(q.known_on, q.days) as due_on
from (
  select f.*,
         case when f.cvss >= 9.0 then 'critical' when f.cvss >= 7.0 then 'high' when f.cvss >= 4.0 then 'medium' else 'low' end as band,
         case when f.cvss >= 9.0 then p('patch_days.critical') when f.cvss >= 7.0 then p('patch_days.high')
              when f.cvss >= 4.0 then p('patch_days.medium') else p('patch_days.low') end as days,
         case when f.cvss >= 9.0 then add_days(as_of(), -p('patch_days.critical')) when f.cvss >= 7.0 then add_days(as_of(), -p('patch_days.high'))
              when f.cvss >= 4.0 then add_days(as_of(), -p('patch_days.medium')) else add_days(as_of(), -p('patch_days.low')) end as overdue_before,
         case when f.patch_available_on > f.detected_on then f.patch_available_on else f.detected_on end as known_on
  from vulnerability_finding f
  where f.cvss > 0
) q
