-- id: C6.1.3-d-09
-- title: The SoA in force is not approved or not under version control
-- ref: 6.1.3 d, 7.5.2
-- stages: internal stage1
-- class: minor
-- subject: statement_of_applicability
-- why: What auditors and customers rely on has to be one approved, controlled version. Minor.
-- fix: Approve the version, issue it as a controlled document and supersede the others.
select 'statement_of_applicability' as kind, s.id as subject,
       'Version ' || coalesce(cast(s.version as text), '?') || ' of the SoA is in force'
       || substr(case when s.approved_by is null then ', without an approver' else '' end
                 || case when s.approved_on is null then ', without a day of approval' else '' end
                 || case when s.document_version is null then ', without a controlled document' else '' end
                 || case when t.n > 1 then ', beside ' || cast(t.n - 1 as text) || ' other version(s) in force' else '' end, 1) || '.' as detail
from statement_of_applicability s
cross join (select count(*) as n from statement_of_applicability x where x.status = 'effective') t
where s.status = 'effective'
  and (s.approved_by is null or s.approved_on is null or s.document_version is null or t.n > 1)
