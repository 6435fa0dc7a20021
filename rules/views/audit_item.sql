-- What internal audits have to cover: the clauses, the applicable controls and the sites in operation (rulebook AUD-03, AUD-04).
select 'clause' as kind, c.ref as item, 'clause ' || c.ref as label, cast(null as text) as joined_on
from clause_leaf c
union all
select 'control', a.ref, 'A.' || a.ref, cast(null as text)
from applicable_control a
union all
select 'site', s.id, 'site ' || s.name, s.joined_scope_on
from open_site s
