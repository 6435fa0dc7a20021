-- id: C6.1.2-b-02
-- title: A risk level does not follow from likelihood and impact by the formula of the method
-- ref: 6.1.2 b
-- stages: internal stage1 stage2
-- class: minor
-- subject: risk
-- why: A level that was typed instead of calculated makes the ranking worthless. Minor; major when more than 20 % of the open risks are
--   affected.
-- fix: Calculate the level again, or let the product do it, and correct whichever of the values is wrong.
-- note: A matrix is read as rows of numbers (likelihood upwards from the floor) or as objects keyed by likelihood and impact; a cell it
--   does not hold is not judged.
with expected as (
  select r.id, r.title, r.formula, r.inherent_score, r.residual_score, r.inherent_text, r.residual_text,
         r.inherent_likelihood, r.inherent_impact, r.residual_likelihood, r.residual_impact,
         case r.formula
           when 'multiply' then r.inherent_likelihood * r.inherent_impact
           when 'sum' then r.inherent_likelihood + r.inherent_impact
           else (select x.score from method_matrix x
                 where x.method = r.method and x.likelihood = r.inherent_likelihood and x.impact = r.inherent_impact)
         end as inherent_expected,
         case r.formula
           when 'multiply' then r.residual_likelihood * r.residual_impact
           when 'sum' then r.residual_likelihood + r.residual_impact
           else (select x.score from method_matrix x
                 where x.method = r.method and x.likelihood = r.residual_likelihood and x.impact = r.residual_impact)
         end as residual_expected
  from assessed_risk r
)
select 'risk' as kind, e.id as subject,
       'Risk "' || coalesce(e.title, 'unnamed') || '": '
       || substr(case when e.inherent_score <> e.inherent_expected
                      then ', inherent level ' || e.inherent_text || ' from likelihood ' || cast(e.inherent_likelihood as text)
                           || ' and impact ' || cast(e.inherent_impact as text) else '' end
                 || case when e.residual_score <> e.residual_expected
                      then ', residual level ' || e.residual_text || ' from likelihood ' || cast(e.residual_likelihood as text)
                           || ' and impact ' || cast(e.residual_impact as text) else '' end, 3)
       || ' does not follow from the formula "' || e.formula || '".' as detail,
       case when 5 * count(*) over () > (select count(*) from open_risk) then 'major' end as class
from expected e
where e.inherent_score <> e.inherent_expected or e.residual_score <> e.residual_expected
