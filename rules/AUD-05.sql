-- id: AUD-05
-- title: An auditor audited his or her own work.
-- ref: 9.2.2 b
-- stages: internal stage1 stage2 surveillance
-- class: major
-- subject: audit
-- why: Nobody finds the mistake he made himself. Major when the lead, or the only person who examined the area, owns it; minor if an independent auditor
--   examined it too.
-- fix: Have the area audited again by somebody who neither owns, runs nor built it.
select 'audit' as kind, x.audit as subject,
       'Internal audit of ' || x.day || ': ' || x.cases || '.' as detail,
       case when x.grave = 0 then 'minor' end as class
from (
  select c.audit, c.day, text_list(c.auditor_name || ' examined ' || c.ref || ', own work') as cases, sum(c.grave) as grave
  from (
    select a.id as audit, coalesce(a.started_on, a.planned_start) as day, r.name as auditor_name, e.ref,
           case when a.lead = e.auditor
                  or not exists (
                    select 1 from audit_examined f
                    where f.audit = e.audit and f.ref = e.ref and f.auditor <> e.auditor
                      and not exists (select 1 from auditor__responsible_for w where w.record = f.auditor and replace(w.value, 'A.', '') = f.ref)
                      and not exists (
                        select 1 from auditor g join control k on k.owner = g.person join control_ref m on m.control = k.id
                        where g.id = f.auditor and m.ref = f.ref)) then 1 else 0 end as grave
    from audit a
    join audit_examined e on e.audit = a.id
    join auditor r on r.id = e.auditor
    where a.kind = 'internal' and a.status in ('in_progress', 'fieldwork_done', 'reported', 'closed')
      and (exists (select 1 from auditor__responsible_for w where w.record = r.id and replace(w.value, 'A.', '') = e.ref)
        or exists (select 1 from control k join control_ref m on m.control = k.id where k.owner = r.person and m.ref = e.ref))
  ) c
  group by c.audit, c.day
) x
