-- id: C6.1.2-b-01
-- title: A risk is scored outside the scale of its method
-- ref: 6.1.2 b
-- stages: internal stage1 stage2
-- class: minor
-- subject: risk
-- why: A level the method does not know cannot be compared with any other. Minor; when at least three risks and more than 20 % of the open
--   ones are affected, the fault is systemic and becomes major.
-- fix: Score the risk again on the approved scale.
-- escalation: E2
-- population: select count(*) from open_risk
-- note: A risk that names no method is judged by the current one.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '": '
       || substr(case when r.inherent_likelihood < r.likelihood_min or r.inherent_likelihood > r.likelihood_max
                      then ', inherent likelihood ' || cast(r.inherent_likelihood as text) else '' end
                 || case when r.residual_likelihood < r.likelihood_min or r.residual_likelihood > r.likelihood_max
                      then ', residual likelihood ' || cast(r.residual_likelihood as text) else '' end
                 || case when r.inherent_impact < r.impact_min or r.inherent_impact > r.impact_max
                      then ', inherent impact ' || cast(r.inherent_impact as text) else '' end
                 || case when r.residual_impact < r.impact_min or r.residual_impact > r.impact_max
                      then ', residual impact ' || cast(r.residual_impact as text) else '' end, 3)
       || '; the scale runs from ' || cast(r.likelihood_min as text) || ' to ' || cast(r.likelihood_max as text)
       || ' for likelihood and ' || cast(r.impact_min as text) || ' to ' || cast(r.impact_max as text) || ' for impact.' as detail
from assessed_risk r
where r.inherent_likelihood < r.likelihood_min or r.inherent_likelihood > r.likelihood_max
   or r.residual_likelihood < r.likelihood_min or r.residual_likelihood > r.likelihood_max
   or r.inherent_impact < r.impact_min or r.inherent_impact > r.impact_max
   or r.residual_impact < r.impact_min or r.residual_impact > r.impact_max
