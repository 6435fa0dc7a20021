-- id: C6.1.3-f-02
-- title: A residual risk above the threshold is carried without acceptance
-- ref: 6.1.3 f
-- stages: gap internal stage1 stage2 surveillance
-- class: major
-- subject: risk
-- why: To accept what remains is the central decision of the process and belongs to the risk owner. Always major.
-- fix: Have the risk owner accept with reasons and an end date, or treat the risk further.
-- note: Only open risks are asked for, though the condition says Risk: a draft has no decision yet and a closed one is carried no more (scope gate).
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" (' || replace(coalesce(r.status, 'unknown'), '_', ' ') || coalesce(', ' || r.treatment, '') || ') has residual level ' || r.residual_text || ' (threshold ' || r.threshold_text
       || ') and no valid acceptance'
       || coalesce('; the last one ended on ' || (select max(a.expires_on) from risk_acceptance a where a.risk = r.id and a.expires_on < as_of()), '') || '.' as detail
from risk_above_threshold r
where (r.treatment = 'retain' or r.status = 'accepted')
  and not exists (select 1 from valid_acceptance a where a.risk = r.id)
