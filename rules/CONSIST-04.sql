-- id: CONSIST-04
-- title: In-scope information lives in a place the scope does not name
-- ref: 4.3, A.5.23
-- stages: gap internal stage1 stage2
-- class: major
-- subject: system, asset
-- why: The certificate would promise protection where nobody looks. Major when confidential or restricted data is there; otherwise minor.
-- fix: Name the place in the scope, or move the data.
with item as (
  select i.kind, i.target, i.inclusion from scope_item i join current_scope c on c.id = i.scope
  union all
  select i.kind, i.target, i.inclusion from scope_item i where not exists (select 1 from current_scope)
)
select 'system' as kind, s.id as subject,
       'System "' || coalesce(s.name, 'unnamed') || '" runs production in region ' || s.cloud_region || ', which the scope does not name.' as detail,
       case when s.handles_sensitive
              or exists (select 1 from data_store d where d.system = s.id and d.classification in ('confidential', 'restricted'))
              or exists (select 1 from asset a where a.system = s.id and a.classification in ('confidential', 'restricted'))
            then 'major' else 'minor' end as class
from production_system s
where not blank(s.cloud_region)
  and not exists (
    select 1 from item i where i.kind = 'cloud_region' and lower(i.target) = lower(s.cloud_region) and i.inclusion in ('in', 'interface'))
union all
select 'asset', a.id,
       'Asset "' || coalesce(a.name, 'unnamed') || '" (' || coalesce(a.classification, 'not classified') || ') is in scope, but its site "' || coalesce(t.name, 'unnamed') || '" is not.',
       case when a.classification in ('confidential', 'restricted') then 'major' else 'minor' end
from asset a
join site t on t.id = a.site
where a.in_scope and not t.in_scope
