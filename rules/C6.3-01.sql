-- id: C6.3-01
-- title: The ISMS was changed without planning
-- ref: 6.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: isms_change
-- why: Unplanned changes break what works. Minor; major for a change of the scope.
-- fix: Plan with purpose, consequences, resources and responsibilities before the change is made.
select 'isms_change' as kind, c.id as subject,
       'Change "' || coalesce(c.title, 'unnamed') || '", made on ' || c.implemented_on || ': '
       || substr(case when c.planned_on is null then ', not planned' when c.planned_on > c.implemented_on then ', planned afterwards on ' || c.planned_on else '' end
                 || case when c.approved_by is null then ', approved by nobody' else '' end
                 || case when blank(c.purpose) then ', no purpose stated' else '' end
                 || case when not c.resources_confirmed then ', resources not confirmed' else '' end, 3) || '.' as detail,
       case when c.affects_scope or c.trigger = 'scope_change' then 'major' end as class
from isms_change c
where c.implemented_on <= as_of()
  and not c.unintended
  and (c.planned_on is null or c.planned_on > c.implemented_on or c.approved_by is null or blank(c.purpose) or not c.resources_confirmed)
