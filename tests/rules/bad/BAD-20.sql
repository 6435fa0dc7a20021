-- id: BAD-20
-- title: A class of its own
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, 'x' as detail, 'terrible' as class
from risk r
