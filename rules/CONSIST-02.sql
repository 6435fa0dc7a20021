-- id: CONSIST-02
-- title: A risk concerns only things outside scope or no longer there
-- ref: 4.3, 6.1.2
-- stages: internal stage1 stage2
-- class: observation
-- subject: risk
-- why: Such a risk fills the register without protecting anything. Observation; minor when it carries controls that the SoA counts as
--   applicable.
-- fix: Close the risk, or link it to what it really concerns.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" concerns only: '
       || (select text_list(coalesce(a.name, 'unnamed') || case when not coalesce(a.in_scope, false) then ' (outside scope)' else ' (' || coalesce(a.lifecycle, 'unknown') || ')' end)
           from risk__assets x join asset a on a.id = x.value where x.record = r.id) || '.' as detail,
       case when exists (
              select 1 from risk__controls c join current_soa_entry e on e.control = c.value and e.applicability = 'applicable' where c.record = r.id)
            then 'minor' end as class
from open_risk r
where exists (select 1 from risk__assets x where x.record = r.id)
  and not exists (
    select 1 from risk__assets x join asset a on a.id = x.value
    where x.record = r.id and a.in_scope and a.lifecycle not in ('retired', 'disposed'))
