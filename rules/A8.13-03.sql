-- id: A8.13-03
-- title: Restoration was not tested at the planned interval.
-- ref: A.8.13
-- stages: internal stage2 surveillance
-- class: minor
-- subject: backup_plan
-- why: Nobody has a backup; one has a restore. Minor; major if it was never tested.
-- fix: Restore, measure, record.
-- note: A system is in production since the oldest day known of it: first account or first asset; without either it counts as old.
select 'backup_plan' as kind, x.id as subject,
       'The backup of "' || x.name || '" was ' || case when x.attempts = 0 then 'never restored.' when x.latest is null then 'never restored with success and evidence.' else 'last restored with evidence on ' || x.latest || '.' end as detail,
       case when x.attempts = 0 then 'major' end as class
from (
  select b.id, s.name,
         (select count(*) from restore_test t where t.plan = b.id) as attempts,
         (select max(t.performed_on) from restore_test t where t.plan = b.id and t.result in ('success', 'partial') and t.evidence is not null and t.performed_on <= as_of()) as latest,
         (select min(a.created_on) from account a where a.system = s.id) as first_account,
         (select min(coalesce(a.registered_on, a.discovered_on)) from asset a where a.system = s.id) as first_asset
  from backup_plan b
  join production_system s on s.id = b.system
  where s.rto_hours is not null
) x
where (x.latest is null or x.latest < add_days(as_of(), -p('restore_days')))
  and case when x.first_account is null or x.first_asset < x.first_account then coalesce(x.first_asset, '0001-01-01') else x.first_account end < add_days(as_of(), -p('restore_days'))
