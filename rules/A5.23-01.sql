-- id: A5.23-01
-- title: A cloud service is used without agreed responsibilities or an exit plan.
-- ref: A.5.23, A.5.30
-- stages: internal stage1 stage2
-- class: minor
-- subject: supplier
-- why: In the cloud half of the controls are the provider's; which half must be written. Minor; observation for the exit plan alone at an important
--   supplier.
-- fix: Document the split and the exit.
select 'supplier' as kind, s.id as subject,
       'Cloud service "' || s.name || '" (' || s.tier || '):' || substr(case when not s.shared_responsibility_documented then ', split of responsibilities not documented' else '' end
         || case when not s.exit_plan then ', no exit plan' else '' end, 2) || '.' as detail,
       case when s.shared_responsibility_documented and s.tier = 'important' then 'observation' end as class
from active_supplier s
where s.cloud_service and s.tier in ('critical', 'important') and (not s.shared_responsibility_documented or not s.exit_plan)
