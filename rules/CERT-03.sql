-- id: CERT-03
-- title: The certification body's impartiality is impaired: it, or one of its auditors, consulted for us or audited internally.
-- ref: ISO/IEC 17021-1 5.2
-- stages: stage1 stage2 surveillance
-- class: major
-- subject: certification_body
-- why: A judge who wrote the defence cannot judge; two years must lie between. Major for the validity of the certification; raise it before the contract.
-- fix: Ask for another auditor, or choose another body.
select 'certification_body' as kind, b.id as subject,
       b.name || ' consulted for us until ' || b.consultancy_to_us_until || ', less than two years ago.' as detail
from certification_body b
where b.id in (select j.chosen_cb from certification_project j where j.chosen_cb is not null)
  and b.consultancy_to_us_until > add_days(as_of(), -730)
union all
select 'audit', x.id, replace(x.kind, 'stage', 'Stage ') || ' of ' || x.day || ': ' || x.auditors || '.'
from (
  select a.id, a.kind, coalesce(a.started_on, a.planned_start) as day, text_list(r.name || ' consulted for us until ' || r.consulted_until) as auditors
  from audit a
  join (select t.record as audit, t.value as auditor from audit__team t
        union
        select b.id, b.lead from audit b where b.lead is not null) m on m.audit = a.id
  join auditor r on r.id = m.auditor
  where a.kind in ('stage1', 'stage2', 'surveillance', 'recertification') and a.status <> 'cancelled'
    and r.consulted_until > add_days(coalesce(a.started_on, a.planned_start), -730)
  group by a.id, a.kind, coalesce(a.started_on, a.planned_start)
) x
