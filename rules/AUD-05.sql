-- id: AUD-05
-- title: An auditor audited his or her own work.
-- ref: 9.2.2 b
-- stages: internal stage1 stage2 surveillance
-- class: major
-- subject: audit
-- why: Nobody finds the mistake he made himself. Major when the lead, or the only person who examined the area, owns it; minor if an independent auditor
--   examined it too.
-- note: A bare number that names a clause and a control, such as 7.2, is read as the clause; the control is written A.7.2.
-- fix: Have the area audited again by somebody who neither owns, runs nor built it.
select 'audit' as kind, x.audit as subject,
       'Internal audit of ' || x.day || ': ' || x.cases || '.' as detail,
       case when x.grave = 0 then 'minor' end as class
from (
  select c.audit, c.day, text_list(c.auditor_name || ' examined ' || c.item || ', own work') as cases, sum(c.grave) as grave
  from (
    select a.id as audit, coalesce(a.started_on, a.planned_start) as day, r.name as auditor_name, e.item,
           case when a.lead = e.auditor
                  or not exists (
                    select 1 from audit_examined f
                    where f.audit = e.audit and f.item = e.item and f.auditor <> e.auditor
                      and not exists (select 1 from auditor_duty w where w.auditor = f.auditor and w.item = f.item)) then 1 else 0 end as grave
    from audit a
    join audit_examined e on e.audit = a.id
    join auditor_duty d on d.auditor = e.auditor and d.item = e.item
    join auditor r on r.id = e.auditor
    where a.kind = 'internal' and a.status in ('in_progress', 'fieldwork_done', 'reported', 'closed')
  ) c
  group by c.audit, c.day
) x
