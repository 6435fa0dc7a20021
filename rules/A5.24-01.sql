-- id: A5.24-01
-- title: Incident management is not planned, or nothing is ever reported.
-- ref: A.5.24, A.6.8
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: ORG
-- why: A year without a single event is a year nobody reported. Major when neither role nor procedure exists, minor for one of them, observation for
--   silence.
-- fix: Appoint, write, train, and test the reporting channel.
select 'organisation' as kind, 'ORG' as subject,
       substr(case when x.role_missing then ' No living person holds the role of incident manager.' else '' end
         || case when x.procedure_missing then ' No procedure or plan on incident management is in force.' else '' end
         || case when x.silent then ' No event was reported in the last 365 days by ' || cast(x.people as text) || ' people.' else '' end, 2) as detail,
       case when x.role_missing and x.procedure_missing then 'major' when not x.role_missing and not x.procedure_missing then 'observation' end as class
from (
  select n.people,
         not exists (select 1 from current_role_assignment a where a.role = 'incident_manager') as role_missing,
         not exists (select 1 from live_document d where d.topic = 'incident_management' and d.kind in ('procedure', 'plan')) as procedure_missing,
         case when n.people > 50 and o.isms_operational_since < add_days(as_of(), -365)
               and not exists (select 1 from incident i where days_between(i.reported_at, as_of()) <= 365) then true else false end as silent
  from organisation o
  cross join (select count(*) as people from live_person h where h.in_scope) n
) x
where x.role_missing or x.procedure_missing or x.silent
