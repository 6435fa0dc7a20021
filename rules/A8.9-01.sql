-- id: A8.9-01
-- title: Configurations are not held to a baseline, or clocks are not synchronised.
-- ref: A.8.9, A.8.17
-- stages: internal stage2 surveillance
-- class: minor
-- subject: configuration_baseline
-- why: Systems drift, and logs with wrong clocks tell no story. Minor; observation for coverage between 80 and 90 %.
-- fix: Define the baseline, compare, correct; synchronise the clocks.
-- note: A baseline never compared counts from the day its document took effect.
select 'configuration_baseline' as kind, x.id as subject, 'Baseline for ' || x.applies_to || ': ' || substr(x.faults || x.coverage, 3) || '.' as detail,
       case when x.faults = '' and x.coverage_pct >= 80 then 'observation' end as class
from (
  select b.id, b.applies_to, b.coverage_pct,
         case when coalesce(b.last_checked_on, v.effective_on, '0001-01-01') < add_days(as_of(), -p('baseline_days')) then ', ' || coalesce('last compared on ' || b.last_checked_on, 'never compared') else '' end
         || case when b.deviations_open > 0 and (b.last_checked_on is null or b.last_checked_on < add_days(as_of(), -30)) then ', open deviations: ' || cast(b.deviations_open as text) else '' end as faults,
         case when b.coverage_pct < 90 then ', ' || cast(cast(b.coverage_pct as bigint) as text) || ' % of the systems covered' else '' end as coverage
  from configuration_baseline b
  left join document_version v on v.id = b.document_version
) x
where x.faults <> '' or x.coverage <> ''
union all
select 'organisation', 'ORG', 'A.8.9 is claimed as implemented, but no baseline is registered.', cast(null as text)
from organisation o
where not exists (select 1 from configuration_baseline b)
  and exists (select 1 from current_soa_entry e join claimed_control c on c.id = e.control where e.control_ref = '8.9' and e.applicability = 'applicable' and e.implementation_status = 'implemented')
union all
select 'system', s.id, 'System "' || s.name || '" must log, but its clock follows no approved source.', cast(null as text)
from production_system s
where s.logging_required and not s.time_synchronised
