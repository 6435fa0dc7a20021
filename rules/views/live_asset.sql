-- Assets inside the boundary and in use (rulebook 0.8: scope gate).
select a.*
from asset a
where a.in_scope and a.lifecycle = 'active'
