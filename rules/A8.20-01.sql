-- id: A8.20-01
-- title: Network diagrams do not reflect the network.
-- ref: A.8.20, A.8.22
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: network_diagram
-- why: One defends the network one knows. Minor; observation when a diagram is only old.
-- fix: Compare with discovery, redraw, approve.
-- note: A cloud region is in use when an in-scope system or asset names it.
select 'network_diagram' as kind, x.id as subject,
       'Diagram of ' || x.place || ' was ' || coalesce('last compared with the network on ' || x.verified_against_actual_on, 'never compared with the network') || coalesce('; changed since: ' || x.changes, '') || '.' as detail,
       case when x.changes is null then 'observation' end as class
from (
  select d.id, d.verified_against_actual_on, coalesce(s.name, d.cloud_region, 'an unnamed place') as place,
         (select text_list('"' || c.title || '" of ' || c.implemented_on)
          from change c
          where c.affects_network and c.implemented_on > d.verified_against_actual_on and c.implemented_on < add_days(as_of(), -p('diagram_lag_days'))
            and (c.system is null or exists (
              select 1 from asset a where a.system = c.system and (a.site = d.site or a.cloud_region = d.cloud_region)))) as changes
  from network_diagram d
  join effective_version v on v.id = d.document_version
  left join site s on s.id = d.site
  where d.site is null or d.site in (select o.id from open_site o)
) x
where x.verified_against_actual_on is null or x.verified_against_actual_on < add_days(as_of(), -p('diagram_days')) or x.changes is not null
union all
select 'network_segment', n.id, 'Segment "' || n.name || '" was observed on ' || n.observed_on || ' and is on no diagram.', cast(null as text)
from network_segment n
where n.observed_on >= add_days(as_of(), -30) and n.declared_in is null
  and (n.site is null or n.site in (select o.id from open_site o))
union all
select 'site', s.id, 'Site "' || s.name || '" has no network diagram in force.', cast(null as text)
from open_site s
where s.kind <> 'virtual'
  and not exists (select 1 from network_diagram d join effective_version v on v.id = d.document_version where d.site = s.id)
union all
select 'cloud region', r.region, 'Cloud region ' || r.region || ' is in use and has no network diagram in force.', cast(null as text)
from (
  select s.cloud_region as region from system_in_scope s where s.cloud_region is not null
  union
  select a.cloud_region from live_asset a where a.cloud_region is not null
) r
where not exists (select 1 from network_diagram d join effective_version v on v.id = d.document_version where d.cloud_region = r.region)
