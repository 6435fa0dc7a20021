-- id: C6.1.2-d-01
-- title: Likelihood, consequence or level of a risk is missing
-- ref: 6.1.2 d
-- stages: internal stage1 stage2
-- class: minor
-- subject: risk
-- why: A risk without its values is neither analysed nor ranked. Minor; when at least three and more than 20 % of the open risks are
--   affected it becomes major.
-- fix: Complete the analysis; the residual values may wait 30 days while the risk is assessed and not yet decided.
-- escalation: E2
-- population: select count(*) from open_risk
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" (' || replace(coalesce(r.status, 'unknown'), '_', ' ') || ') lacks: '
       || substr(case when r.inherent_likelihood is null then ', inherent likelihood' else '' end
                 || case when r.inherent_impact is null then ', inherent impact' else '' end
                 || case when r.inherent_score is null then ', inherent level' else '' end
                 || case when r.residual_likelihood is null then ', residual likelihood' else '' end
                 || case when r.residual_impact is null then ', residual impact' else '' end
                 || case when r.residual_score is null then ', residual level' else '' end, 3)
       || case when r.assessed_on is null then '; no day of assessment' else '; assessed on ' || r.assessed_on end || '.' as detail
from open_risk r
where r.inherent_likelihood is null or r.inherent_impact is null or r.inherent_score is null
   or ((r.residual_likelihood is null or r.residual_impact is null or r.residual_score is null)
       and not (r.status = 'assessed' and r.assessed_on is not null and days_between(r.assessed_on, as_of()) <= 30))
