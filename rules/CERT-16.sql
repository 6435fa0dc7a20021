-- id: CERT-16
-- title: Recertification will not be complete before the certificate expires.
-- ref: ISO/IEC 17021-1 9.6.3
-- stages: surveillance
-- class: major
-- subject: certificate
-- why: An expired certificate can be restored for six months only; later at least a Stage 2 is needed. Major when it cannot be finished any more;
--   observation while only unplanned.
-- fix: Book early, normally three months before expiry.
-- note: The recertification audit of a certificate is one after its certification decision: what was audited before led to this certificate or an
--   earlier one, whatever it names. One that names no certificate counts for the certificate in whose time it falls. The day it began counts, else the
--   planned one.
select 'certificate' as kind, x.id as subject,
       'Certificate ' || x.number || ' expires on ' || x.expires_on || '; recertification ' || coalesce('is set for ' || x.day, 'is not planned')
         || case when x.majors is not null then ', majors not verified: ' || x.majors else '' end || '.' as detail,
       case when x.day is null and x.majors is null and as_of() <= add_days(x.expires_on, -p('recert_lead_days')) then 'observation' end as class
from (
  select c.id, c.number, c.expires_on, min(coalesce(a.started_on, a.planned_start)) as day,
         text_list(distinct case when n.grade = 'major' and n.verified_by_cb_on is null and n.status <> 'cancelled' and as_of() > add_days(c.expires_on, -30) then n.ref end) as majors
  from certificate c
  left join audit a on a.kind = 'recertification' and a.status <> 'cancelled' and coalesce(a.certificate, c.id) = c.id
    and coalesce(a.started_on, a.planned_start) > c.decision_on
  left join nonconformity_audit l on l.audit = a.id
  left join nonconformity n on n.id = l.nonconformity
  where c.status in ('active', 'suspended') and as_of() >= add_months(c.expires_on, -p('recert_plan_months'))
    and not exists (select 1 from certificate s where s.previous = c.id)
  group by c.id, c.number, c.expires_on
) x
where x.day is null or x.day > add_days(x.expires_on, -p('recert_lead_days')) or x.majors is not null
