-- id: BAD-33
-- title: Asked with a number
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- judges: each record among friends
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, 'x' as detail
from risk r
where asked(1)
