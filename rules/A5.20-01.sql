-- id: A5.20-01
-- title: A supplier works without an agreement in force that holds the security requirements.
-- ref: A.5.20, A.5.14, A.6.6
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: supplier
-- why: What is not agreed cannot be demanded after the incident. Minor; major for a critical supplier without any agreement.
-- fix: Conclude or amend the agreement.
-- note: With several agreements in force it is enough that one of them holds a clause.
select 'supplier' as kind, x.id as subject,
       'Supplier "' || x.name || '" (' || x.tier || '): ' || substr(x.faults, 3) || '.' as detail,
       case when x.agreements = 0 and x.tier = 'critical' then 'major' end as class
from (
  select q.id, q.name, q.tier, q.agreements,
         case when q.agreements = 0 then ', no agreement in force'
              else case when q.requirements = 0 then ', no security requirements agreed' else '' end
                || case when q.tier in ('critical', 'important') and q.notice = 0 then ', no duty to report incidents' else '' end
                || case when q.processes_personal_data and q.data_terms = 0 then ', no data protection terms' else '' end
                || case when q.tier = 'critical' and q.audits = 0 then ', no audit right' else '' end
         end as faults
  from (
    select s.id, s.name, s.tier, s.processes_personal_data,
           count(a.id) as agreements,
           count(a.id) filter (where a.security_requirements) as requirements,
           count(a.id) filter (where a.incident_notice_hours is not null) as notice,
           count(a.id) filter (where a.data_processing_terms) as data_terms,
           count(a.id) filter (where a.audit_right) as audits
    from active_supplier s
    left join agreement_in_force a on a.supplier = s.id
    group by s.id, s.name, s.tier, s.processes_personal_data
  ) q
) x
where x.faults <> ''
