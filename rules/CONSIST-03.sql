-- id: CONSIST-03
-- title: SoA, risk assessment and scope rest on different versions
-- ref: 4.3, 8.2
-- stages: stage1 stage2 surveillance
-- class: minor
-- subject: ORG
-- why: Three documents that speak of three different organisations cannot be audited together. Minor.
-- fix: Assess the scope in force and issue the SoA on that assessment.
-- note: A SoA that names no assessment at all is C6.1.3-c-01.
with state as (
  select c.id as scope, c.version as scope_version, c.effective_on, s.id as soa, s.version as soa_version, s.scope as soa_scope, s.run as soa_run,
         r.id as run, r.scope as run_scope, r.performed_on, l.id as planned_run, l.performed_on as planned_on
  from (select 1 as one) o
  left join current_scope c on true
  left join current_soa s on true
  left join latest_run r on true
  left join latest_planned_run l on true
), reason as (
  select x.*,
         case when x.soa_scope <> x.scope and days_between(x.effective_on, as_of()) > p('soa_align_days') then 1 else 0 end as soa_old_scope,
         case when x.run_scope <> x.scope and days_between(x.effective_on, as_of()) > p('soa_align_days') then 1 else 0 end as run_old_scope,
         case when x.soa_run <> x.planned_run and days_between(x.planned_on, as_of()) > p('soa_align_days') then 1 else 0 end as soa_old_run
  from state x
)
select 'organisation' as kind, 'ORG' as subject,
       'Versions: ' || substr(case when x.soa_old_scope = 1 then '; version ' || coalesce(cast(x.soa_version as text), '?') || ' of the SoA rests on another scope than version '
                   || coalesce(cast(x.scope_version as text), '?') || ', in force since ' || x.effective_on else '' end
              || case when x.run_old_scope = 1 then '; the risk assessment of ' || x.performed_on || ' covered another scope than version '
                   || coalesce(cast(x.scope_version as text), '?') || ', in force since ' || x.effective_on else '' end
              || case when x.soa_old_run = 1 then '; version ' || coalesce(cast(x.soa_version as text), '?') || ' of the SoA does not rest on the risk assessment of ' || x.planned_on else '' end,
              3) || '.' as detail
from reason x
where x.soa_old_scope + x.run_old_scope + x.soa_old_run > 0
