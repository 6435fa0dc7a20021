-- id: C8.1-02
-- title: The consequences of an unintended change were not reviewed.
-- ref: 8.1, 6.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: isms_change
-- why: What happened by itself keeps happening until somebody looks. Minor.
-- fix: Review the effects, mitigate them, record it.
select 'isms_change' as kind, c.id as subject, 'Unintended change "' || c.title || '" of ' || c.implemented_on || ' was not reviewed after ' || cast(days_between(c.implemented_on, as_of()) as text) || case when days_between(c.implemented_on, as_of()) = 1 then ' day' else ' days' end || '.' as detail
from isms_change c
where c.unintended and c.consequences_reviewed_on is null and c.implemented_on < add_days(as_of(), -30)
