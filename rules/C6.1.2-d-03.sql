-- id: C6.1.2-d-03
-- title: A reduced risk level has no operating control behind it
-- ref: 6.1.2 d, 8.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk
-- why: Residual means: with the controls that work today. A reduction by plans or by controls found ineffective is a wish. Minor; major
--   when the inherent level is above the threshold, for the risk is then unacceptable in fact.
-- fix: Raise the residual level to what is true, or implement the control, state it in the SoA and show evidence.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" is reduced from ' || r.inherent_text || ' to ' || r.residual_text || ', but '
       || case when exists (select 1 from risk__controls x where x.record = r.id)
               then 'none of its controls operates, is claimed in the SoA and not ineffective: '
                    || (select text_list(coalesce(c.title, 'unnamed') || ' (' || replace(coalesce(c.status, 'unknown'), '_', ' ') || ', ' || replace(coalesce(c.effectiveness, 'not tested'), '_', ' ') || ')')
                        from risk__controls x join control c on c.id = x.value where x.record = r.id)
               else 'no control is linked' end || '.' as detail,
       case when r.inherent_above_threshold then 'major' end as class
from assessed_risk r
where r.residual_score < r.inherent_score
  and not exists (
    select 1 from risk__controls x join claimed_control c on c.id = x.value
    where x.record = r.id and c.effectiveness <> 'ineffective')
