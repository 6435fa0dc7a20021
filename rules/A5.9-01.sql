-- id: A5.9-01
-- title: An asset exists that the inventory does not know.
-- ref: A.5.9
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: asset
-- why: What is not in the inventory is neither patched nor backed up. Minor; major for a production server, or when more than 10 % of the discovered
--   assets are unknown.
-- fix: Register it, name an owner and assess it, or remove it.
select 'asset' as kind, x.id as subject,
       'Asset "' || x.name || '" (' || replace(x.kind, '_', ' ') || ') was discovered on ' || x.discovered_on || ' and is not registered after '
         || cast(days_between(x.discovered_on, as_of()) as text) || case when days_between(x.discovered_on, as_of()) = 1 then ' day' else ' days' end || '.' as detail,
       case when x.production_server or x.unknown * 10 > x.discovered then 'major' end as class
from (
  select a.*,
         case when a.kind = 'server' and s.environment = 'production' then true else false end as production_server,
         case when a.registered_on is null and a.discovered_on < add_days(as_of(), -p('discovery_triage_days')) then true else false end as late,
         count(*) over () as discovered,
         sum(case when a.registered_on is null and a.discovered_on < add_days(as_of(), -p('discovery_triage_days')) then 1 else 0 end) over () as unknown
  from asset a
  left join system s on s.id = a.system
  where a.source = 'discovery' and a.in_scope and a.lifecycle = 'active'
) x
where x.late
