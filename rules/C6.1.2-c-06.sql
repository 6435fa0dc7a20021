-- id: C6.1.2-c-06
-- title: A critical asset in scope appears in no open risk
-- ref: 6.1.2 c, A.5.9
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: asset
-- why: What the business cannot lose belongs into the assessment first. Minor; when at least three and more than 20 % of the critical
--   assets are missing it becomes major.
-- fix: Assess the asset and link it to its risks.
-- escalation: E2
-- population: select count(*) from live_asset where critical
select 'asset' as kind, a.id as subject,
       'Critical asset "' || coalesce(a.name, 'unnamed') || '" (' || coalesce(a.kind, 'unknown') || '), in the inventory since ' || a.registered_on || ', appears in no open risk.' as detail
from live_asset a
where a.critical
  and days_between(a.registered_on, as_of()) > p('new_asset_grace_days')
  and exists (select 1 from current_methodology m where m.approach in ('asset_based', 'hybrid'))
  and not exists (select 1 from risk__assets x join open_risk r on r.id = x.record where x.value = a.id)
