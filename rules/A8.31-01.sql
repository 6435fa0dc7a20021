-- id: A8.31-01
-- title: Real data is used in a non-production environment without protection.
-- ref: A.8.31, A.8.33, A.8.11
-- stages: internal stage2 surveillance
-- class: minor
-- subject: system
-- why: The test system is where nobody watches. Minor; major for restricted personal data.
-- fix: Mask, synthesise, or protect as in production.
select 'system' as kind, s.id as subject, 'System "' || s.name || '" (' || s.environment || ') holds real data that is not masked.' as detail,
       case when exists (select 1 from live_asset a where a.system = s.id and a.personal_data
                           and (a.classification = 'restricted' or exists (select 1 from data_store d where d.system = s.id and d.classification = 'restricted'))) then 'major' end as class
from system_in_scope s
where s.environment in ('test', 'development', 'staging') and s.uses_production_data and not s.data_masked
  and not exists (select 1 from waived w where w.subject = s.id)
