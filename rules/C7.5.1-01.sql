-- id: C7.5.1-01
-- title: Documented information that the standard demands is missing.
-- ref: 7.5.1
-- stages: gap internal stage1
-- class: major
-- subject: requirement
-- why: Certain things have to be written down whatever the size of the organisation; an auditor asks for them first. Major for the treatment process, the
--   Statement of Applicability, the treatment plan; minor for a single record elsewhere. Where a more specific rule judges a requirement (scope,
--   policy, method, objectives, programme, minutes), that rule speaks and this one is silent.
-- fix: Produce the document or record named, bring it under document control and link it in the register concerned.
-- note: Requirements wholly judged by a specific rule are left to it: 4.3, 5.2, 6.1.2, 6.2, 7.5.1 b, 8.2, 9.1, 9.3.3, and the parts of 7.2 d, 8.1, 8.3,
--   9.2.2 and 10.2 that C7.2-02, C8.1-01, C6.1.3-e-01, AUD-01, AUD-08 and C10.2-08 see.
select 'requirement' as kind, '6.1.3' as subject,
       'No document in force is registered as the risk treatment process (mandatory reference 6.1.3).' as detail, cast(null as text) as class
from organisation o
where not exists (
  select 1 from live_document d
  where ' ' || replace(replace(replace(coalesce(d.mandatory_ref, ''), ',', ' '), ';', ' '), '/', ' ') || ' ' like '% 6.1.3 %')
union all
select 'requirement', '6.1.3 d', 'Statement of Applicability version ' || cast(s.version as text) || ' is ' || s.status || ' but carried by no document version.', cast(null as text)
from current_soa s
where s.document_version is null
union all
select 'requirement', '7.2 d', 'No competence record with evidence exists for: ' || x.roles || '.', 'minor'
from (
  select text_list(v.column1) as roles
  from (values ('isms_owner'), ('security_officer'), ('internal_audit_lead'), ('incident_manager')) as v
  where not exists (select 1 from competence_record r where r.role = v.column1 and r.evidence is not null)
    and not exists (select 1 from role_assignment a where a.role = v.column1 and a.ended_on is null)
) x
where x.roles is not null
union all
select 'requirement', '8.1', 'No evidence names clause 8.1 and none is linked to a control.', 'minor'
from organisation o
where not exists (select 1 from evidence__refs r where r.value = '8.1')
  and not exists (select 1 from evidence__controls c)
union all
select 'requirement', '8.3', 'There is no approved or effective risk treatment plan.', cast(null as text)
from organisation o
where not exists (select 1 from current_plan)
  and not exists (
    select 1 from open_risk r
    join risk__controls l on l.record = r.id
    join control c on c.id = l.value
    where r.treatment = 'modify' and c.status <> 'implemented')
union all
select 'requirement', '9.2.2', 'Internal audits without a retained report: ' || x.audits || '.', 'minor'
from (
  select text_list(a.id || ' (' || coalesce(a.ended_on, a.started_on, a.planned_start) || ')') as audits
  from internal_audit_done a
  where a.report is null
    and (a.ended_on is null or a.ended_on >= add_days(as_of(), -p('audit_report_days')))
) x
where x.audits is not null
union all
select 'requirement', '10.2 f', 'Nonconformities without a statement: ' || x.records || '.', 'minor'
from (select text_list(n.id) as records from nonconformity n where blank(n.statement) and n.status <> 'cancelled') x
where x.records is not null
union all
select 'requirement', 'A.5.9', 'The inventory holds no registered asset in use.', 'minor'
from organisation o
where exists (select 1 from applicable_control a where a.ref = '5.9')
  and not exists (select 1 from live_asset a where a.registered_on is not null)
union all
select 'requirement', 'A.5.37', 'No operating procedure is in force.', 'minor'
from organisation o
where exists (select 1 from applicable_control a where a.ref = '5.37')
  and not exists (select 1 from live_document d where d.kind = 'procedure')
