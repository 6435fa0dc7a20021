-- id: CERT-11
-- title: Correction and corrective action of a major could not be verified within six months of Stage 2.
-- ref: ISO/IEC 17021-1 9.5.3.2
-- stages: stage2
-- class: major
-- subject: nonconformity
-- why: After six months another Stage 2 must precede any recommendation. Major; observation as a warning after four months.
-- fix: Submit the evidence in time; else book a new Stage 2.
select 'nonconformity' as kind, x.id as subject,
       'Major on ' || x.ref || ' from Stage 2 that ended on ' || x.ended_on || ' was ' || coalesce('verified on ' || x.verified_by_cb_on, 'not verified') || '; six months end on ' || add_months(x.ended_on, 6) || '.' as detail,
       case when as_of() <= add_months(x.ended_on, 6) then 'observation' end as class
from (
  select n.id, n.ref, n.verified_by_cb_on, max(a.ended_on) as ended_on
  from nonconformity n
  join nonconformity_audit l on l.nonconformity = n.id
  join audit a on a.id = l.audit and a.kind = 'stage2'
  where n.grade = 'major' and n.status <> 'cancelled' and a.ended_on is not null
  group by n.id, n.ref, n.verified_by_cb_on
) x
where (as_of() > add_months(x.ended_on, 6) and (x.verified_by_cb_on is null or x.verified_by_cb_on > add_months(x.ended_on, 6)))
   or (as_of() > add_months(x.ended_on, 4) and x.verified_by_cb_on is null)
