-- id: BAD-19
-- title: A subject that is null
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, cast(null as text) as subject, 'x' as detail
from risk r
