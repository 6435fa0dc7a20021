-- id: C6.1.3-d-08
-- title: A control that a treatment relies on is excluded in the SoA
-- ref: 6.1.3 b, d
-- stages: internal stage1 stage2
-- class: major
-- subject: control
-- why: A treatment by a control that is declared not applicable is void. Always major.
-- fix: Align the SoA and the treatment: include the control, or treat the risk by another one.
with used as (
  select x.value as control, r.id as risk, r.title from risk__controls x join open_risk r on r.id = x.record
  union
  select a.control, r.id, r.title from treatment_action a join open_risk r on r.id = a.risk where a.control is not null and a.status <> 'cancelled'
)
select 'control' as kind, c.id as subject,
       'Control "' || coalesce(c.title, 'unnamed') || '" treats ' || (select text_list(coalesce(u.title, 'unnamed')) from used u where u.control = c.id) || ', but is excluded in the SoA as '
       || (select text_list(coalesce(e.control_ref, 'unnamed')) from current_soa_entry e where e.control = c.id and e.applicability = 'excluded') || '.' as detail
from control c
where exists (select 1 from used u where u.control = c.id)
  and exists (select 1 from current_soa_entry e where e.control = c.id and e.applicability = 'excluded')
