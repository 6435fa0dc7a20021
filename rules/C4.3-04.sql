-- id: C4.3-04
-- title: Something is excluded from scope without reasons, or although what is inside depends on it
-- ref: 4.3 c
-- stages: gap internal stage1 stage2
-- class: major
-- subject: scope_item
-- why: An exclusion the services inside depend on makes the scope misleading: major. Minor when only the reasons are missing.
-- fix: Include it, or treat it as an interface with responsibilities and controls; write down the reasons.
with excluded as (
  select i.id, i.kind, i.target, i.justification,
         case when i.in_scope_depends_on_it
               and not exists (select 1 from scope_item x where x.scope = i.scope and x.inclusion = 'interface' and lower(x.target) = lower(i.target))
              then 1 else 0 end as needed
  from scope_item i
  join current_scope s on s.id = i.scope
  where i.inclusion = 'out'
)
select 'scope_item' as kind, e.id as subject,
       'The ' || replace(coalesce(e.kind, 'unknown'), '_', ' ') || ' "' || coalesce(e.target, 'unnamed') || '" is excluded'
       || case when blank(e.justification) then ' without justification' else '' end
       || case when e.needed = 1 then case when blank(e.justification) then ', and' else ', but' end || ' what is in scope depends on it and no interface is described' else '' end
       || '.' as detail,
       case when e.needed = 1 then 'major' else 'minor' end as class
from excluded e
where blank(e.justification) or e.needed = 1
