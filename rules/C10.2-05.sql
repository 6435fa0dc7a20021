-- id: C10.2-05
-- title: A corrective action is overdue, or an internal nonconformity stays open too long.
-- ref: 10.2 c
-- stages: internal stage2 surveillance
-- class: minor
-- subject: corrective_action
-- why: A known gap that stays open is a decision nobody took. Minor; major when more than 90 days late or when the finding came from an external audit.
-- fix: Complete it, or plan anew with a reason approved by the owner.
select 'corrective_action' as kind, a.id as subject,
       'Corrective action "' || a.description || '" (' || coalesce((select h.name from person h where h.id = a.owner), 'no owner') || ') was due on ' || a.due_on || ', '
         || cast(days_between(a.due_on, as_of()) as text) || case when days_between(a.due_on, as_of()) = 1 then ' day' else ' days' end || ' ago.' as detail,
       case when days_between(a.due_on, as_of()) > 90 or n.source = 'external_audit' then 'major' end as class
from corrective_action a
left join nonconformity n on n.id = a.nonconformity
where a.completed_on is null and a.due_on < as_of() and coalesce(n.status, 'open') <> 'cancelled'
union all
select 'nonconformity', x.id,
       'Nonconformity on ' || x.ref || ' (' || x.grade || ') is open since ' || x.raised_on || ', ' || cast(days_between(x.raised_on, as_of()) as text) || case when days_between(x.raised_on, as_of()) = 1 then ' day' else ' days' end || '; the limit is '
         || cast(cast(x.days as bigint) as text) || '.',
       case when days_between(x.raised_on, as_of()) - x.days > 90 then 'major' end
from (
  select n.*, case when n.grade = 'major' then p('nc_major_days') else p('nc_minor_days') end as days
  from nonconformity n
  where n.source <> 'external_audit' and n.status not in ('closed', 'cancelled')
) x
where x.raised_on < add_days(as_of(), -x.days)
