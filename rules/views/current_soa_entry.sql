-- The lines of the current Statement of Applicability (rulebook: SoAEntry of the current SoA).
select e.*
from soa_entry e
where e.soa = (select s.id from current_soa s)
