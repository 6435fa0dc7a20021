-- id: C10.2-08
-- title: A nonconformity was closed or implemented without evidence, or its steps are dated in the wrong order.
-- ref: 10.2 f, 10.2 g
-- stages: internal stage2 surveillance
-- class: minor
-- subject: nonconformity
-- why: Records that contradict each other prove nothing. Minor; major when the evidence itself was altered after collection.
-- fix: Supply the evidence, and put the record right honestly, with the reason.
select 'nonconformity' as kind, x.id as subject,
       'Nonconformity on ' || x.ref || ' of ' || x.raised_on || ' (' || x.status || '): ' || substr(x.faults, 3) || '.' as detail,
       case when x.altered then 'major' end as class
from (
  select n.id, n.ref, n.raised_on, n.status,
         coalesce(', unproved or unfinished: ' || (
           select text_list('"' || a.description || '"') from corrective_action a
           where a.nonconformity = n.id
             and (a.completed_on is null or not exists (select 1 from corrective_action__evidence l where l.record = a.id))), '')
         || case when n.root_cause_on < n.raised_on then ', cause of ' || n.root_cause_on || ' before it was raised' else '' end
         || coalesce(', action completed before the cause or the finding: ' || (
           select text_list('"' || a.description || '" ' || a.completed_on) from corrective_action a
           where a.nonconformity = n.id and (a.completed_on < n.root_cause_on or a.completed_on < n.raised_on)), '')
         || coalesce(', effect checked before completion: ' || (
           select text_list('"' || a.description || '" ' || a.effectiveness_checked_on) from corrective_action a
           where a.nonconformity = n.id and a.effectiveness_checked_on < a.completed_on), '')
         || case when n.closed_on < n.raised_on or n.closed_on < n.root_cause_on
                   or exists (select 1 from corrective_action a where a.nonconformity = n.id and (n.closed_on < a.completed_on or n.closed_on < a.effectiveness_checked_on))
                 then ', closed on ' || n.closed_on || ' before the steps were finished' else '' end as faults,
         exists (
           select 1 from corrective_action a
           join corrective_action__evidence l on l.record = a.id
           join evidence e on e.id = l.value
           where a.nonconformity = n.id and e.content_hash <> e.stored_hash) as altered
  from nonconformity n
  where n.status in ('implemented', 'verified', 'closed')
) x
where x.faults <> ''
