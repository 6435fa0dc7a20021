-- id: C4.3-05
-- title: An interface to an outside party lacks a split of responsibilities
-- ref: 4.3 c, 8.1
-- stages: internal stage1 stage2
-- class: minor
-- subject: scope_item
-- why: The dependency is known but nobody settled who does what. Minor.
-- fix: Record who does what and link the supplier.
-- note: A target is outsourced when it names a supplier, an outsourced process, or a system or region run by a supplier.
with edge as (
  select i.id, i.kind, i.target, i.responsibility_split,
         case when i.supplier is null
               and (exists (select 1 from process q where (q.id = i.target or lower(q.name) = lower(i.target)) and q.externally_provided_by is not null)
                    or exists (select 1 from system y where (y.id = i.target or lower(y.name) = lower(i.target)) and y.supplier is not null)
                    or exists (select 1 from system y where i.kind = 'cloud_region' and lower(y.cloud_region) = lower(i.target) and y.supplier is not null)
                    or exists (select 1 from supplier u where u.id = i.target or lower(u.name) = lower(i.target)))
              then 1 else 0 end as nameless
  from scope_item i
  join current_scope s on s.id = i.scope
  where i.inclusion = 'interface'
)
select 'scope_item' as kind, e.id as subject,
       'The interface "' || coalesce(e.target, 'unnamed') || '" has '
       || case when blank(e.responsibility_split) and e.nameless = 1 then 'no split of responsibilities and no supplier, though it is outsourced.'
               when blank(e.responsibility_split) then 'no split of responsibilities.'
               else 'no supplier, though it is outsourced.' end as detail
from edge e
where blank(e.responsibility_split) or e.nameless = 1
