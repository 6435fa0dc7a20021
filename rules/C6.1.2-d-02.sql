-- id: C6.1.2-d-02
-- title: Residual risk is higher than inherent risk
-- ref: 6.1.2 d, b
-- stages: internal stage1 stage2
-- class: minor
-- subject: risk
-- why: Controls cannot make a risk larger; one of the scores is wrong, so the result is not valid. Minor.
-- fix: Correct the scores, or the description of what is meant before and after controls.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '": inherent level ' || coalesce(r.inherent_text, 'none') || ' (likelihood ' || coalesce(cast(r.inherent_likelihood as text), 'none')
       || ', impact ' || coalesce(cast(r.inherent_impact as text), 'none') || '), residual level ' || coalesce(r.residual_text, 'none')
       || ' (likelihood ' || coalesce(cast(r.residual_likelihood as text), 'none') || ', impact ' || coalesce(cast(r.residual_impact as text), 'none') || ').' as detail
from assessed_risk r
where r.residual_score > r.inherent_score
   or (r.residual_likelihood > r.inherent_likelihood and r.residual_impact >= r.inherent_impact)
