-- id: A8.22-01
-- title: A sensitive network is not separated.
-- ref: A.8.22
-- stages: internal stage2 surveillance
-- class: minor
-- subject: network_segment
-- why: One infected laptop should not reach the plant. Major for OT, production and backup networks; otherwise minor.
-- fix: Segment, filter, document the flows that are permitted.
-- note: OT, production and backup networks are known by their name.
select 'network_segment' as kind, n.id as subject,
       'Segment "' || n.name || '"' || coalesce(' at "' || s.name || '"', coalesce(' in ' || n.cloud_region, '')) || ' is reachable from the user network and its permitted flows are not documented.' as detail,
       case when ' ' || words(n.name) || ' ' like '% ot %' or words(n.name) like '%prod%' or words(n.name) like '%plant%' or words(n.name) like '%scada%' or words(n.name) like '%backup%' then 'major' end as class
from network_segment n
left join site s on s.id = n.site
where n.sensitive and n.reachable_from_corporate and not n.approved_flows_documented
  and (n.site is null or n.site in (select o.id from open_site o))
