-- Which audit covers which item; a parent clause covers its children (rulebook 0.4). Controls may be written with or without "A.".
select l.record as audit, 'clause' as kind, c.ref as item
from audit__scope_clauses l
join clause_leaf c on c.ref = l.value or c.ref like l.value || '.%'
union
select l.record, 'control', a.ref
from audit__scope_controls l
join applicable_control a on a.ref = replace(l.value, 'A.', '') or a.ref like replace(l.value, 'A.', '') || '.%'
union
select l.record, 'site', l.value
from audit__scope_sites l
