-- id: C7.2-01
-- title: The competence a role needs has not been determined.
-- ref: 7.2 a
-- stages: internal stage1
-- class: minor
-- subject: role_assignment
-- why: What was never asked for cannot be checked. Minor when two or more roles lack it, observation for a single one.
-- fix: Write down the competence the role needs.
select 'role_assignment' as kind, a.id as subject,
       'Role ' || replace(a.role, '_', ' ') || ', held by ' || coalesce(h.name, a.person) || ', has no required competence.' as detail,
       case when count(*) over () < 2 then 'observation' end as class
from role_assignment a
left join person h on h.id = a.person
where a.ended_on is null and a.assigned_on <= as_of() and blank(a.required_competence)
