-- id: BAD-26
-- title: Quoting of one engine
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, E'it\'s' as detail
from risk r
