-- id: CERT-14
-- title: The first surveillance audit is not within twelve months of the certification decision.
-- ref: ISO/IEC 17021-1 9.1.3
-- stages: surveillance
-- class: major
-- subject: certificate
-- why: Missing it leads to suspension. Major when it is held or planned too late or the date has passed; observation while it is only unplanned.
-- fix: Hold it in time; talk to the body at once if that is impossible.
select 'certificate' as kind, x.id as subject,
       'Certificate ' || x.number || ' was decided on ' || x.decision_on || '; the first surveillance is due by ' || x.limit_on || ' and '
         || coalesce('is set for ' || x.day, 'not planned') || '.' as detail,
       case when x.day is null and as_of() <= x.limit_on then 'observation' end as class
from (
  select c.id, c.number, c.decision_on, add_months(c.decision_on, 12) as limit_on,
         (select min(coalesce(a.started_on, a.planned_start)) from audit a
          where a.kind = 'surveillance' and a.status <> 'cancelled' and a.sequence = 1 and coalesce(a.certificate, c.id) = c.id) as day
  from certificate c
  where c.previous is null and c.status in ('active', 'suspended')
) x
where x.day > x.limit_on
   or (x.day is null and as_of() > add_days(x.limit_on, -p('surveillance_plan_days')))
