-- id: C4.2-04
-- title: A requirement is said to be addressed, but nothing in the ISMS addresses it
-- ref: 4.2 c
-- stages: internal stage2 surveillance
-- class: minor
-- subject: party_requirement
-- why: A claim that leads nowhere cannot be audited. Minor.
-- fix: Link the controls, the obligation or the process that meet it.
select 'party_requirement' as kind, r.id as subject,
       'Requirement "' || coalesce(r.text, 'unknown') || '"' || coalesce(' of ' || i.name, '') || ' is addressed by no control, obligation or process.' as detail
from party_requirement r
left join interested_party i on i.id = r.party
where r.addressed_by_isms = 'yes'
  and r.linked_obligation is null
  and r.linked_process is null
  and not exists (select 1 from party_requirement__linked_controls l where l.record = r.id)
