-- References that are applicable: by the current SoA, or all 93 while there is none (rulebook: applicable(ref)).
select e.control_ref as ref
from current_soa_entry e
where e.applicability = 'applicable'
union
select a.ref
from annex_a_ref a
where not exists (select 1 from current_soa)
