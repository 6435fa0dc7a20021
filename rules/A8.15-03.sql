-- id: A8.15-03
-- title: Stored logs are not protected against alteration, or the protection is not checked.
-- ref: A.8.15
-- stages: internal stage2 surveillance
-- class: minor
-- subject: log_source
-- why: An intruder's first work is on the log. Minor; observation when only the check is late.
-- fix: Use a hash chain, write-once storage or signatures, and verify them.
select 'log_source' as kind, l.id as subject,
       'Logs of "' || s.name || '" are protected by ' || replace(l.integrity, '_', ' ') || ', '
         || coalesce('last checked on ' || l.integrity_checked_on, 'never checked') || '.' as detail,
       case when l.integrity not in ('none', 'access_restricted') then 'observation' end as class
from log_source l
join system_in_scope s on s.id = l.system
where s.logging_required and l.centralised
  and (l.integrity in ('none', 'access_restricted') or l.integrity_checked_on is null or l.integrity_checked_on < add_days(as_of(), -p('log_integrity_days')))
