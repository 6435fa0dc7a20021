-- id: C4.3-02
-- title: A boundary dimension is not treated in the scope
-- ref: 4.3
-- stages: gap internal stage1
-- class: minor
-- subject: scope_statement
-- why: A scope that is silent on units, sites, systems or interfaces leaves the boundary open. Minor; major when two or more dimensions are
--   missing.
-- fix: Complete the items: units, sites, cloud regions, systems, interfaces to others.
with gap as (
  select s.id, s.version,
         case when exists (select 1 from scope_item i where i.scope = s.id and i.kind = 'org_unit') then 0 else 1 end as unit,
         case when exists (select 1 from scope_item i where i.scope = s.id and i.kind = 'site') then 0 else 1 end as site,
         case when exists (select 1 from scope_item i where i.scope = s.id and i.kind in ('system', 'asset_class')) then 0 else 1 end as system,
         case when exists (select 1 from scope_item i where i.scope = s.id and i.kind = 'interface') then 0 else 1 end as interface,
         case when exists (select 1 from production_system y where not blank(y.cloud_region))
               and not exists (select 1 from scope_item i where i.scope = s.id and i.kind = 'cloud_region') then 1 else 0 end as region
  from current_scope s
)
select 'scope_statement' as kind, g.id as subject,
       'Version ' || coalesce(cast(g.version as text), '?') || ' of the scope has no item for: '
       || substr(case when g.unit = 1 then ', organisational units' else '' end || case when g.site = 1 then ', sites' else '' end
                 || case when g.system = 1 then ', systems or classes of assets' else '' end || case when g.interface = 1 then ', interfaces' else '' end
                 || case when g.region = 1 then ', cloud regions (in use: '
                      || (select text_list(coalesce(r.cloud_region, 'unnamed')) from (select distinct y.cloud_region from production_system y where not blank(y.cloud_region)) r) || ')' else '' end, 3)
       || '.' as detail,
       case when g.unit + g.site + g.system + g.interface + g.region >= 2 then 'major' end as class
from gap g
where g.unit + g.site + g.system + g.interface + g.region > 0
