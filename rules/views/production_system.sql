-- Systems inside the boundary that run in production.
select s.*
from system s
where s.in_scope and s.environment = 'production'
