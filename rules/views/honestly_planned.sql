-- Controls that the current SoA declares as planned or not implemented, with an open action whose date has not passed
-- (honest-plan gate, rulebook 0.8).
select e.control_ref as ref, e.control as control
from current_soa_entry e
where e.applicability = 'applicable'
  and e.implementation_status in ('planned', 'not_implemented')
  and exists (select 1 from treatment_action a
              where a.control = e.control and a.status in ('planned', 'in_progress') and a.due_on >= as_of())
