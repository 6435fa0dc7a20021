-- id: C8.1-03
-- title: An externally provided process that matters to the ISMS is not controlled.
-- ref: 8.1
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: process
-- why: Outsourcing the work does not outsource the responsibility. Minor; major when the process is a critical service.
-- fix: Agree the requirements, name an owner, monitor.
-- note: A process is a critical service when its supplier is of the critical tier.
select 'process' as kind, r.id as subject,
       'Process "' || r.name || '" is provided by "' || coalesce(s.name, r.externally_provided_by) || '":'
         || substr(case when not exists (select 1 from agreement_in_force a where a.supplier = r.externally_provided_by and a.security_requirements) then ', no agreement in force with security requirements' else '' end
           || case when s.owner is null then ', no owner of the relationship' else '' end, 2) || '.' as detail,
       case when s.tier = 'critical' then 'major' end as class
from process r
left join supplier s on s.id = r.externally_provided_by
where r.in_scope and r.externally_provided_by is not null
  and (s.owner is null or not exists (select 1 from agreement_in_force a where a.supplier = r.externally_provided_by and a.security_requirements))
