-- id: AUD-06
-- title: The competence of an internal audit's lead is not evidenced.
-- ref: 9.2.2 b, 7.2
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: audit
-- why: Findings are worth what the auditor knows. Minor; major if no auditor of the programme can show competence in ISMS and audit technique (ISO 19011).
-- fix: Qualify the auditor or engage a competent one, and link the competence record.
select 'audit' as kind, a.id as subject,
       'Internal audit of ' || coalesce(a.started_on, a.planned_start) || ': '
         || case when a.lead is null then 'no lead auditor is named.'
                 else coalesce((select r.name from auditor r where r.id = a.lead), a.lead) || ' has no valid competence record as internal auditor with evidence.' end as detail,
       case when not exists (
              select 1
              from internal_audit_done b
              join (select c.id as audit, c.lead as auditor from audit c
                    union
                    select t.record, t.value from audit__team t) m on m.audit = b.id
              join auditor__competence l on l.record = m.auditor
              join competence_record r on r.id = l.value
              where (b.programme = a.programme or a.programme is null)
                and r.role = 'internal_auditor' and r.evidence is not null
                and (r.valid_to is null or r.valid_to >= coalesce(b.started_on, b.planned_start))) then 'major' end as class
from internal_audit_done a
where a.lead is null
   or not exists (
     select 1
     from auditor__competence l
     join competence_record r on r.id = l.value
     where l.record = a.lead and r.role = 'internal_auditor' and r.evidence is not null
       and (r.valid_to is null or r.valid_to >= coalesce(a.started_on, a.planned_start)))
