-- id: AUD-04
-- title: Over the cycle some clause, control or site is never audited internally.
-- ref: 9.2.2
-- stages: internal surveillance
-- class: minor
-- subject: audit scope item
-- why: What nobody audits in three years nobody knows. Minor; major for a site and for the clauses on planning, evaluation and improvement (6, 9, 10).
-- fix: Add the item to an audit of the programme before the certificate expires.
select case when i.kind = 'control' then 'Annex A control' else i.kind end as kind, case when i.kind = 'control' then 'A.' || i.item else i.item end as subject,
       'No internal audit since ' || add_days(as_of(), -p('audit_cycle_days')) || ' covers ' || i.label || ', and none is planned before ' || x.expires_on || '.' as detail,
       case when i.kind = 'site' or (i.kind = 'clause' and (i.item like '6%' or i.item like '9%' or i.item like '10%')) then 'major' end as class
from audit_item i
cross join (select max(c.expires_on) as expires_on from certificate c) x
where x.expires_on is not null
  and (i.kind <> 'site' or i.joined_on < add_days(as_of(), -365))
  and not exists (
    select 1 from audit_covers c
    join internal_audit_done a on a.id = c.audit
    where c.kind = i.kind and c.item = i.item and a.ended_on >= add_days(as_of(), -p('audit_cycle_days')))
  and not exists (
    select 1 from audit_covers c
    join audit a on a.id = c.audit
    where c.kind = i.kind and c.item = i.item and a.kind = 'internal' and a.status in ('planned', 'confirmed') and a.planned_start < x.expires_on)
