-- id: C6.2-03
-- title: The plan for an objective is incomplete
-- ref: 6.2 h–l
-- stages: internal stage1 stage2
-- class: minor
-- subject: security_objective
-- why: What, with what, who, by when and how judged: without one of them the objective stays a wish. Minor.
-- fix: Complete the plan.
select 'security_objective' as kind, o.id as subject,
       'Objective "' || coalesce(o.title, 'unnamed') || '" lacks: '
       || substr(case when blank(o.actions) then ', actions' else '' end || case when blank(o.resources) then ', resources' else '' end
                 || case when o.owner is null then ', owner' else '' end || case when o.due_on is null then ', deadline' else '' end
                 || case when blank(o.evaluation_method) then ', how results are judged' else '' end, 3) || '.' as detail
from security_objective o
where o.status = 'active'
  and (blank(o.actions) or blank(o.resources) or o.owner is null or o.due_on is null or blank(o.evaluation_method))
