-- Systems inside the boundary, of any environment.
select s.*
from system s
where s.in_scope
