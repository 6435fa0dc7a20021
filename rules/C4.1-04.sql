-- id: C4.1-04
-- title: The determination on climate change is bare: without reasons, or relevant without consequence
-- ref: 4.1 (Amd 1), 6.1.1
-- stages: internal stage1 surveillance
-- class: minor
-- subject: context_issue
-- why: A bare yes or no was not thought through. Minor when climate change is relevant and nothing follows; observation when it is not and
--   no reason is given.
-- fix: Write the reasons, or derive risks (heat, flood, supply) and link them.
select 'context_issue' as kind, c.id as subject,
       case when c.relevant then 'Climate change is called relevant ("' || coalesce(c.description, 'unnamed') || '"), but no risk is linked.'
            else 'Climate change is called not relevant ("' || coalesce(c.description, 'unnamed') || '"), without reasons.' end as detail,
       case when not c.relevant then 'observation' end as class
from context_issue c
where c.topic = 'climate_change'
  and ((not c.relevant and blank(c.rationale))
       or (c.relevant and not exists (select 1 from context_issue__linked_risks l where l.record = c.id)))
