-- Management reviews held so far.
select r.*
from management_review r
where r.held_on is not null and r.held_on <= as_of()
