-- id: CERT-13
-- title: A certificate was granted or kept with an open major, or with a minor whose plan was not accepted.
-- ref: ISO/IEC 17021-1 9.5
-- stages: stage2 surveillance
-- class: major
-- subject: certificate
-- why: Such a certificate would not stand a review by the accreditor. Major for its validity; usually a date to be corrected first.
-- fix: Clarify with the body; correct the record.
-- note: A Stage 2 audit without a certificate belongs to the first one.
select 'certificate' as kind, c.id as subject, 'Certificate ' || c.number || ' was decided on ' || c.decision_on || ' with ' || text_list(distinct n.grade || ' on ' || n.ref || ' of ' || n.raised_on) || ' open.' as detail
from certificate c
join audit a on a.kind in ('stage2', 'recertification') and (a.certificate = c.id or (a.certificate is null and a.kind = 'stage2' and c.previous is null))
join nonconformity_audit l on l.audit = a.id
join nonconformity n on n.id = l.nonconformity
where c.status = 'active' and n.status <> 'cancelled'
  and ((n.grade = 'major' and (n.verified_by_cb_on is null or n.verified_by_cb_on > c.decision_on))
    or (n.grade = 'minor' and (n.plan_accepted_by_cb_on is null or n.plan_accepted_by_cb_on > c.decision_on)))
group by c.id, c.number, c.decision_on
