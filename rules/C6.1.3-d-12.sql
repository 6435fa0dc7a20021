-- id: C6.1.3-d-12
-- title: The implementation status in the SoA is missing or contradicts the control
-- ref: 6.1.3 d
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: soa_entry
-- why: The SoA states whether each necessary control is implemented; a status that the control's own record denies is a false statement.
--   Minor; major when a key control is overstated.
-- fix: Derive the status from the control's record.
select 'soa_entry' as kind, e.id as subject,
       'Control ' || coalesce(e.control_ref, 'unnamed')
       || case when e.implementation_status is null then ' is applicable and has no implementation status.'
               when e.control is null then ' is said to be implemented, but no control is linked.'
               else ' is said to be ' || replace(e.implementation_status, '_', ' ') || ', but "' || coalesce(c.title, 'unnamed') || '" is ' || replace(coalesce(c.status, 'unknown'), '_', ' ') || '.' end as detail,
       case when e.implementation_status = 'implemented' and c.key_control then 'major' end as class
from current_soa_entry e
left join control c on c.id = e.control
where e.applicability = 'applicable'
  and (e.implementation_status is null
       or (e.implementation_status = 'implemented' and e.control is null)
       or (e.implementation_status = 'implemented' and c.status in ('not_started', 'designing', 'implementing'))
       or (e.implementation_status in ('not_implemented', 'planned') and c.status = 'implemented'))
