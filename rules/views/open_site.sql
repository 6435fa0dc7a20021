-- Sites inside the boundary that are in operation on the day of the question (rulebook 0.8: scope gate).
select s.*
from site s
where s.in_scope and s.opened_on <= as_of() and (s.closed_on is null or s.closed_on >= as_of())
