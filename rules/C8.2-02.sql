-- id: C8.2-02
-- title: A significant change was not followed or preceded by a risk assessment.
-- ref: 8.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: isms_change
-- why: Risks arrive with changes, not with the calendar. Minor; major for a new site or a new service without any assessment.
-- fix: Assess the change now, then update register, treatment plan and Statement of Applicability.
-- note: A new region is not a trigger of its own in the register; it counts as new_site or new_service.
select 'isms_change' as kind, c.id as subject,
       'Change "' || c.title || '" (' || replace(c.trigger, '_', ' ') || '), ' || case when c.implemented_on is not null then 'implemented on ' || c.implemented_on else 'planned on ' || c.planned_on end
         || ', was taken up by no risk assessment.' as detail,
       case when c.trigger in ('new_site', 'new_service') then 'major' end as class
from isms_change c
where c.significant
  and (c.planned_on < add_days(as_of(), -p('change_reassess_days')) or c.implemented_on < add_days(as_of(), -p('change_reassess_days')))
  and c.risk_reassessed_in is null
  and not exists (select 1 from risk_assessment_run r where r.trigger = c.id)
