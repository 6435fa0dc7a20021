-- id: C6.1.2-b-03
-- title: An open risk still rests on a superseded method
-- ref: 6.1.2 b
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk
-- why: Scores from two methods cannot be compared, so neither the ranking nor the acceptance decisions hold. Minor; major when more than
--   half of the open risks are concerned.
-- fix: Assess the risk again under the version in force.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" rests on version ' || coalesce(cast(old.version as text), '?') || ' of the method; version ' || coalesce(cast(now.version as text), '?')
       || ', which differs in scale, formula or threshold, has been in force since ' || now.effective_on || ' ('
       || cast(days_between(now.effective_on, as_of()) as text) || ' days).' as detail,
       case when 2 * count(*) over () > (select count(*) from open_risk) then 'major' end as class
from open_risk r
join risk_methodology old on old.id = r.methodology and old.status = 'superseded'
join current_methodology now on now.status = 'effective'
where (old.likelihood_min <> now.likelihood_min or old.likelihood_max <> now.likelihood_max
       or old.impact_min <> now.impact_min or old.impact_max <> now.impact_max
       or old.formula <> now.formula or old.matrix is distinct from now.matrix
       or old.acceptance_threshold is distinct from now.acceptance_threshold)
  and days_between(now.effective_on, as_of()) > p('method_migration_days')
