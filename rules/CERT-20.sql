-- id: CERT-20
-- title: A nonconformity of the previous external audit was not verified at the next one.
-- ref: ISO/IEC 17021-1 9.6.2
-- stages: surveillance
-- class: major
-- subject: nonconformity
-- why: An external finding that survives the next visit fails the corrective action process. Major.
-- fix: Finish it and prove it; expect it to be graded up.
-- note: A nonconformity without a recorded audit is compared by the day it was raised.
select 'nonconformity' as kind, n.id as subject,
       'Nonconformity on ' || n.ref || ' of ' || n.raised_on || ' was not verified by the body in the ' || text_list(distinct b.kind || ' audit that ended on ' || b.ended_on) || '.' as detail
from nonconformity n
left join nonconformity_audit l on l.nonconformity = n.id
left join audit a on a.id = l.audit
join external_audit b on b.ended_on < as_of() and b.kind in ('stage2', 'surveillance', 'recertification', 'special', 'follow_up')
  and b.id <> coalesce(a.id, '') and coalesce(b.started_on, b.planned_start) > coalesce(a.ended_on, n.raised_on)
  and (a.certificate is null or b.certificate = a.certificate)
where n.source = 'external_audit' and n.verified_by_cb_on is null and n.status <> 'cancelled'
group by n.id, n.ref, n.raised_on
