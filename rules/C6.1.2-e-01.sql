-- id: C6.1.2-e-01
-- title: A risk above the threshold has no place in the order of treatment
-- ref: 6.1.2 e
-- stages: internal stage1 stage2
-- class: minor
-- subject: risk
-- why: Risks that exceed the criteria have to be ranked, or resources go where somebody shouts. Minor.
-- fix: Compare the risk with the criteria and set its priority.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" has residual level ' || r.residual_text || ' (threshold ' || r.threshold_text || ') and no priority.' as detail
from risk_above_threshold r
where r.priority is null
