-- id: A5.9-02
-- title: A registered asset has no owner, no classification, or has not been verified.
-- ref: A.5.9, A.5.12
-- stages: internal stage2 surveillance
-- class: minor
-- subject: asset
-- why: An inventory nobody verifies drifts from the truth within a year. Minor; observation when only the verification is late; one level up when more
--   than 20 % of the assets are concerned.
-- fix: Complete the entry and verify it.
-- escalation: E2
-- population: select count(*) from live_asset a where a.registered_on is not null
-- note: A never verified asset counts from its registration.
select 'asset' as kind, a.id as subject,
       'Asset "' || a.name || '" (' || replace(a.kind, '_', ' ') || '):'
         || substr(case when a.owner is null then ', no owner' else '' end
           || case when a.kind in ('information', 'application', 'cloud_resource', 'media') and a.classification is null then ', not classified' else '' end
           || case when coalesce(a.last_verified_on, a.registered_on) < add_days(as_of(), -p('inventory_days')) then ', ' || coalesce('last verified on ' || a.last_verified_on, 'never verified') else '' end, 2) || '.' as detail,
       case when a.owner is not null and not (a.kind in ('information', 'application', 'cloud_resource', 'media') and a.classification is null) then 'observation' end as class
from live_asset a
where a.registered_on is not null
  and (a.owner is null
    or (a.kind in ('information', 'application', 'cloud_resource', 'media') and a.classification is null)
    or coalesce(a.last_verified_on, a.registered_on) < add_days(as_of(), -p('inventory_days')))
