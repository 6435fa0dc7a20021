-- id: C10.1-01
-- title: Continual improvement cannot be shown.
-- ref: 10.1
-- stages: internal surveillance
-- class: observation
-- subject: ORG
-- why: A system that never changes has stopped looking. Observation; minor at recertification.
-- fix: Record and implement improvements.
-- note: Silent in the first year of operation. Recertification is near when its audit is set or the certificate ends within recert_plan_months.
select 'organisation' as kind, 'ORG' as subject,
       'Since ' || add_days(as_of(), -365) || ' no improvement was implemented, no improvement decision of a review done, and no corrective action found effective.' as detail,
       case when exists (select 1 from audit a where a.kind = 'recertification' and a.status in ('planned', 'confirmed', 'in_progress'))
              or exists (select 1 from current_certificate c where as_of() >= add_months(c.expires_on, -p('recert_plan_months'))) then 'minor' end as class
from organisation o
where (o.isms_operational_since is null or o.isms_operational_since < add_days(as_of(), -365))
  and not exists (select 1 from improvement_item i where i.implemented_on >= add_days(as_of(), -365) and i.implemented_on <= as_of())
  and not exists (select 1 from review_decision d where d.kind = 'improvement' and d.status = 'done' and d.done_on >= add_days(as_of(), -365))
  and not exists (select 1 from corrective_action a where a.effectiveness = 'effective' and a.effectiveness_checked_on >= add_days(as_of(), -365))
