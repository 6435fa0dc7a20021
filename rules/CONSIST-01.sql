-- id: CONSIST-01
-- title: Something declared in scope was never risk-assessed
-- ref: 4.3, 6.1.2
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: scope_item
-- why: Scope and risk assessment disagree when a site, system or region inside has no risk. Minor; major for a site or for a region with
--   production in it.
-- fix: Assess it, or correct the scope.
-- note: An item counts as added when the first scope version that holds it came into force. Targets are matched by id or name.
with item as (
  select i.id, i.kind, i.target,
         (select min(coalesce(s.effective_on, s.approved_on))
          from scope_item y join scope_statement s on s.id = y.scope
          where y.kind = i.kind and y.target = i.target and y.inclusion = 'in' and s.status in ('approved', 'effective', 'superseded')) as added_on
  from scope_item i
  join current_scope c on c.id = i.scope
  where i.inclusion = 'in' and i.kind in ('site', 'system', 'cloud_region')
), assessed as (
  select a.id, a.site, s.name as site_name, a.system, y.name as system_name, a.cloud_region
  from asset a
  left join site s on s.id = a.site
  left join system y on y.id = a.system
  where exists (select 1 from risk__assets x join open_risk r on r.id = x.record where x.value = a.id)
)
select 'scope_item' as kind, i.id as subject,
       'The ' || replace(coalesce(i.kind, 'unknown'), '_', ' ') || ' "' || coalesce(i.target, 'unnamed') || '" has been in scope since ' || i.added_on || ', but no open risk concerns an asset there.' as detail,
       case when i.kind = 'site'
              or (i.kind = 'cloud_region' and exists (select 1 from production_system p where lower(p.cloud_region) = lower(i.target))) then 'major' end as class
from item i
where days_between(i.added_on, as_of()) > p('new_asset_grace_days')
  and not exists (
    select 1 from assessed a
    where (i.kind = 'site' and (a.site = i.target or lower(a.site_name) = lower(i.target)))
       or (i.kind = 'system' and (a.system = i.target or lower(a.system_name) = lower(i.target)))
       or (i.kind = 'cloud_region' and lower(a.cloud_region) = lower(i.target)))
