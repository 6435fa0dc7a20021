-- id: AUD-08
-- title: Results of an internal audit were not reported to the managers concerned, or no report is kept.
-- ref: 9.2.2 c
-- stages: internal stage2 surveillance
-- class: minor
-- subject: audit
-- why: A finding that stays with the auditor changes nothing. Minor.
-- fix: Issue the report, record to whom it went, keep it as evidence.
select 'audit' as kind, a.id as subject,
       'Internal audit ended on ' || a.ended_on || ':'
         || substr(case when a.reported_on is null then ', not reported' else '' end
           || case when a.report is null then ', no report kept' else '' end
           || case when not exists (select 1 from audit__reported_to l where l.record = a.id) then ', reported to nobody' else '' end, 2) || '.' as detail
from audit a
where a.kind = 'internal' and a.status <> 'cancelled' and a.ended_on < add_days(as_of(), -p('audit_report_days'))
  and (a.reported_on is null or a.report is null or not exists (select 1 from audit__reported_to l where l.record = a.id))
