-- Who examined what in an audit: as the samples say; where no sample names its auditor, lead and team for everything in scope (rulebook AUD-05).
select s.audit, s.auditor, r.item
from audit_sample s
join audit_ref r on r.ref = s.ref
where s.auditor is not null
union
select m.audit, m.auditor, r.item
from (select a.id as audit, a.lead as auditor from audit a where a.lead is not null
      union
      select t.record, t.value from audit__team t) m
join (select record, value as item from audit__scope_clauses
      union
      select record, 'A.' || replace(value, 'A.', '') from audit__scope_controls) r on r.record = m.audit
where not exists (select 1 from audit_sample s where s.audit = m.audit and s.auditor is not null)
