-- The Annex A (or own) references a control stands for, by the current SoA or by its code.
select e.control, e.control_ref as ref
from current_soa_entry e
where e.control is not null
union
select c.id, replace(c.code, 'A.', '')
from control c
