-- id: AUD-11
-- title: A nonconformity found by an internal audit is not properly stated or was not taken over.
-- ref: 9.2.2, 10.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: finding
-- why: A finding without requirement and evidence cannot be answered, and one without a record is forgotten. Minor.
-- fix: State requirement, evidence and failure; open the nonconformity within 14 days.
select 'finding' as kind, f.id as subject,
       'Finding on ' || f.ref || ' (' || f.grade || ') of ' || f.raised_on || ':'
         || substr(case when blank(f.statement) then ', no statement' else '' end
           || case when blank(f.requirement) then ', no requirement' else '' end
           || case when blank(f.objective_evidence) then ', no objective evidence' else '' end
           || case when f.nonconformity is null and f.raised_on < add_days(as_of(), -14) then ', no nonconformity opened' else '' end, 2) || '.' as detail
from finding f
join audit a on a.id = f.audit
where a.kind = 'internal' and f.grade in ('major', 'minor')
  and (blank(f.statement) or blank(f.requirement) or blank(f.objective_evidence)
    or (f.nonconformity is null and f.raised_on < add_days(as_of(), -14)))
