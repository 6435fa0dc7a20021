-- id: A8.15-02
-- title: Logs are not kept as long as required.
-- ref: A.8.15
-- stages: internal stage2 surveillance
-- class: minor
-- subject: log_source
-- why: Intrusions are found months later; logs that are gone cannot tell how they began. Minor. The periods are the organisation's own, not the
--   standard's.
-- fix: Adjust the retention, or the policy if it asks for more than is needed.
-- note: A source is taken as connected since the day its record was made; without that day the real retention is not judged.
select 'log_source' as kind, l.id as subject,
       'Logs of "' || s.name || '":'
         || substr(case when l.online_days < p('log_online_days') then ', searchable for ' || cast(l.online_days as text) || ' days of ' || cast(cast(p('log_online_days') as bigint) as text) else '' end
           || case when l.archive_days < p('log_archive_days') then ', kept for ' || cast(l.archive_days as text) || ' days of ' || cast(cast(p('log_archive_days') as bigint) as text) else '' end
           || case when l.oldest_online_on > add_days(as_of(), -p('log_online_days')) and substr(nullif(l.created_at, ''), 1, 10) < add_days(as_of(), -p('log_online_days'))
                   then ', oldest searchable event is of ' || l.oldest_online_on else '' end, 2) || '.' as detail
from log_source l
join system_in_scope s on s.id = l.system
where s.logging_required
  and (l.online_days < p('log_online_days') or l.archive_days < p('log_archive_days')
    or (l.oldest_online_on > add_days(as_of(), -p('log_online_days')) and substr(nullif(l.created_at, ''), 1, 10) < add_days(as_of(), -p('log_online_days'))))
