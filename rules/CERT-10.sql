-- id: CERT-10
-- title: A nonconformity of the internal audit is still open going into Stage 2.
-- ref: 9.2, 10.2
-- stages: stage1 stage2
-- class: minor
-- subject: nonconformity
-- why: The certification body will find what we found and see that it stands. Minor; observation for a minor with its plan on schedule; major when the
--   internal finding was major.
-- fix: Implement and verify before Stage 2.
select 'nonconformity' as kind, n.id as subject,
       'Nonconformity on ' || n.ref || ' (' || n.grade || ') of ' || n.raised_on || ' stands at "' || replace(n.status, '_', ' ') || '"; Stage 2 ' || case when s.started_on is null then 'is planned for ' else 'began on ' end || s.held_on || '.' as detail,
       case when n.grade = 'major' then 'major'
            when exists (select 1 from corrective_action a where a.nonconformity = n.id)
             and not exists (select 1 from corrective_action a where a.nonconformity = n.id and a.completed_on is null and (a.due_on is null or a.due_on < as_of())) then 'observation' end as class
from nonconformity n
cross join stage2_audit s
where n.source = 'internal_audit' and n.status not in ('implemented', 'verified', 'closed', 'cancelled')
  and s.planned_start <= add_days(as_of(), p('stage2_lead_days'))
  and not exists (select 1 from certificate)
