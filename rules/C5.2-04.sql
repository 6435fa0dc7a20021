-- id: C5.2-04
-- title: The information security policy is not communicated inside, or not available
-- ref: 5.2 f, g
-- stages: internal stage2 surveillance
-- class: minor
-- subject: ORG
-- why: A policy nobody has read or can find does not bind. Minor; major when less than 60 % of those asked have acknowledged it.
-- fix: Publish it, ask for acknowledgement and chase.
-- note: People who were never asked count from their start or from the day the version came into force, whichever is later.
with policy as (
  select d.effective_id as version, d.title, d.effective_label, d.effective_on
  from policy_in_force d
  where d.topic = 'information_security'
  order by case d.kind when 'policy' then 0 else 1 end, d.effective_on desc, d.effective_id
  limit 1
), asked as (
  select q.id,
         min(coalesce(k.requested_on, case when q.start_date > x.effective_on then q.start_date else x.effective_on end)) as since,
         max(case when k.acknowledged_on <= as_of() then 1 else 0 end) as done
  from available_person q
  cross join policy x
  left join acknowledgement k on k.person = q.id and k.document_version = x.version
  where q.in_scope
  group by q.id
), share as (
  select count(*) as n, coalesce(sum(a.done), 0) as done from asked a where days_between(a.since, as_of()) > p('ack_grace_days')
)
select 'organisation' as kind, 'ORG' as subject,
       '"' || coalesce(x.title, 'unnamed') || '" version ' || coalesce(x.effective_label, 'unnamed') || ': '
       || substr(case when 100 * s.done < p('ack_min_pct') * s.n
                      then '; acknowledged by ' || cast(s.done as text) || ' of ' || cast(s.n as text) || ' people' else '' end
                 || case when not exists (select 1 from document_version__published_at l where l.record = x.version) then '; published nowhere' else '' end, 3) || '.' as detail,
       case when 100 * s.done < 60 * s.n then 'major' end as class
from policy x
cross join share s
where 100 * s.done < p('ack_min_pct') * s.n
   or not exists (select 1 from document_version__published_at l where l.record = x.version)
