-- The audit a nonconformity was raised in: through its own finding, or through the finding that names it.
select n.id as nonconformity, f.audit
from nonconformity n
join finding f on f.id = n.finding
where f.audit is not null
union
select f.nonconformity, f.audit
from finding f
where f.nonconformity is not null and f.audit is not null
