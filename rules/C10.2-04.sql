-- id: C10.2-04
-- title: There is no corrective action with owner and deadline.
-- ref: 10.2 c
-- stages: internal stage2 surveillance
-- class: minor
-- subject: nonconformity
-- why: A cause that is known and left alone will do it again. Minor.
-- fix: Plan the action with owner and date.
select 'nonconformity' as kind, n.id as subject,
       'Nonconformity on ' || n.ref || ' of ' || n.raised_on || ' stands at "' || replace(n.status, '_', ' ') || '"' || coalesce(', its cause known since ' || n.root_cause_on, '')
         || ', but no corrective action names owner and date.' as detail
from nonconformity n
where (n.status in ('action_plan', 'implemented', 'verified', 'closed')
    or (n.status <> 'cancelled' and n.root_cause_on < add_days(as_of(), -14)))
  and not exists (select 1 from corrective_action a where a.nonconformity = n.id and a.owner is not null and a.due_on is not null)
