-- Controls the organisation claims to operate: implemented themselves and on an applicable, implemented line of the current SoA (rulebook: claimed).
select c.*
from control c
where c.status = 'implemented'
  and exists (
    select 1
    from current_soa_entry e
    where e.control = c.id and e.applicability = 'applicable' and e.implementation_status = 'implemented')
