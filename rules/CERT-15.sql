-- id: CERT-15
-- title: A calendar year passes without surveillance, or the second surveillance drifts.
-- ref: ISO/IEC 17021-1 9.1.3
-- stages: surveillance
-- class: major
-- subject: certificate
-- why: Each calendar year without recertification needs a surveillance. Major when the year is over; observation before, and for a second one more than 90
--   days off the twenty-fourth month.
-- fix: Plan it.
-- note: The year of recertification is the year of expiry.
select 'certificate' as kind, x.id as subject, 'Certificate ' || x.number || ': ' || x.reasons || '.' as detail,
       case when x.lost = 0 then 'observation' end as class
from (
  select q.id, q.number, text_list(q.reason) as reasons, sum(q.lost) as lost
  from (
    select c.id, c.number, 'no surveillance in ' || cast(cast(substr(c.decision_on, 1, 4) as bigint) + k.column1 as text) as reason,
           case when cast(substr(as_of(), 1, 4) as bigint) > cast(substr(c.decision_on, 1, 4) as bigint) + k.column1 then 1 else 0 end as lost
    from certificate c
    join (values (1), (2), (3)) as k on cast(substr(c.decision_on, 1, 4) as bigint) + k.column1 < cast(substr(c.expires_on, 1, 4) as bigint)
    where c.status in ('active', 'suspended', 'reduced')
      and not exists (
        select 1 from audit a
        where a.kind = 'surveillance' and a.status <> 'cancelled' and coalesce(a.certificate, c.id) = c.id
          and a.started_on like cast(cast(substr(c.decision_on, 1, 4) as bigint) + k.column1 as text) || '-%')
      and (cast(substr(as_of(), 1, 4) as bigint) > cast(substr(c.decision_on, 1, 4) as bigint) + k.column1
        or (cast(substr(as_of(), 1, 4) as bigint) = cast(substr(c.decision_on, 1, 4) as bigint) + k.column1
          and days_between(as_of(), substr(as_of(), 1, 4) || '-12-31') < p('surveillance_plan_days')
          and not exists (
            select 1 from audit a
            where a.kind = 'surveillance' and a.status in ('planned', 'confirmed') and coalesce(a.certificate, c.id) = c.id and a.planned_start like substr(as_of(), 1, 4) || '-%')))
    union all
    select c.id, c.number, 'second surveillance on ' || coalesce(a.started_on, a.planned_start) || ', expected around ' || add_months(c.decision_on, 24), 0
    from certificate c
    join audit a on a.kind = 'surveillance' and a.sequence = 2 and a.status <> 'cancelled' and coalesce(a.certificate, c.id) = c.id
    where c.status in ('active', 'suspended', 'reduced')
      and abs(days_between(add_months(c.decision_on, 24), coalesce(a.started_on, a.planned_start))) > 90
  ) q
  group by q.id, q.number
) x
