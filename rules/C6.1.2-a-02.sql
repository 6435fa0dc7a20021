-- id: C6.1.2-a-02
-- title: The method names no threshold for accepting risks
-- ref: 6.1.2 a 1
-- stages: gap internal stage1
-- class: major
-- subject: risk_methodology
-- why: Whether a risk may be accepted can only be judged against a criterion fixed beforehand. Always major.
-- fix: Set the acceptance threshold on the method's scale and have it approved with the method.
select 'risk_methodology' as kind, m.id as subject,
       'Version ' || coalesce(cast(m.version as text), '?') || ' of the risk method (' || coalesce(m.status, 'unknown') || ') has no acceptance threshold.' as detail
from current_methodology m
where m.acceptance_threshold is null
