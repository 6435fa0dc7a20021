-- Suppliers in use that support the scope.
select s.*
from supplier s
where s.in_scope and s.status = 'active'
