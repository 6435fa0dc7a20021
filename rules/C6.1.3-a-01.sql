-- id: C6.1.3-a-01
-- title: A risk above the threshold has no treatment decision
-- ref: 6.1.3 a
-- stages: gap internal stage1 stage2
-- class: major
-- subject: risk
-- why: An unacceptable risk that nobody decided on is simply carried. Major when the level is in the top band (at least 80 % of the highest
--   possible), otherwise minor.
-- fix: Decide whether to modify, retain, share or avoid the risk, and record who decided.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '", residual level ' || r.residual_text || ' (threshold ' || r.threshold_text || '), was assessed on ' || r.assessed_on
       || ' and has no treatment decision after ' || cast(days_between(r.assessed_on, as_of()) as text) || ' days.' as detail,
       case when 5 * r.residual_score >= 4 * r.score_max then 'major' else 'minor' end as class
from risk_above_threshold r
where r.treatment is null
  and days_between(r.assessed_on, as_of()) > p('treatment_decision_days')
