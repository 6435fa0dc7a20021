-- id: BAD-18
-- title: A column is missing
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject
from risk r
