-- id: C6.1.3-e-02
-- title: A treatment action lacks owner, deadline or resources
-- ref: 6.1.3 e, 6.2
-- stages: internal stage1 stage2
-- class: minor
-- subject: treatment_action
-- why: An action without a name, a date and means does not happen. Minor; observation when only the resources are missing.
-- fix: Name the owner, set the date and say what it takes.
select 'treatment_action' as kind, a.id as subject,
       'Action "' || coalesce(a.description, 'unnamed') || '" (' || replace(coalesce(a.status, 'unknown'), '_', ' ') || ') lacks: '
       || substr(case when a.owner is null then ', owner' else '' end || case when a.due_on is null then ', deadline' else '' end
                 || case when blank(a.resources) then ', resources' else '' end, 3) || '.' as detail,
       case when a.owner is not null and a.due_on is not null then 'observation' end as class
from open_action a
where a.owner is null or a.due_on is null or blank(a.resources)
