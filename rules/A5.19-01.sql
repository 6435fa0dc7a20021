-- id: A5.19-01
-- title: A supplier's security was never assessed, or the review is overdue.
-- ref: A.5.19, A.5.21, A.5.22
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: supplier
-- why: Half of the incidents begin at somebody else's. Minor; major when a critical supplier was never assessed; observation when only the origin of
--   components is unknown.
-- fix: Assess according to the tier and record the result.
select 'supplier' as kind, x.id as subject,
       'Supplier "' || x.name || '" (' || x.tier || '):'
         || substr(case when x.late then ', ' || case when x.latest is null then 'never assessed' else 'last assessed on ' || x.latest || ', due every ' || cast(cast(x.days as bigint) as text) || ' days' end else '' end
           || case when x.tier = 'critical' and not x.component_provenance_known then ', subcontractors and components unknown' else '' end, 2) || '.' as detail,
       case when not x.late then 'observation' when x.latest is null and x.tier = 'critical' then 'major' end as class
from (
  select q.*, case when q.latest is null or q.latest < add_days(as_of(), -q.days) then true else false end as late
  from (
    select s.*, (select max(a.performed_on) from supplier_assessment a where a.supplier = s.id and a.performed_on <= as_of()) as latest,
           case s.tier when 'critical' then p('supplier_critical_days') when 'important' then p('supplier_important_days') else p('supplier_standard_days') end as days
    from active_supplier s
  ) q
) x
where x.late or (x.tier = 'critical' and not x.component_provenance_known)
