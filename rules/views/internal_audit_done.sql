-- Internal audits that were carried out and reported.
select a.*
from audit a
where a.kind = 'internal' and a.status in ('reported', 'closed')
