-- id: BAD-24
-- title: A population that cannot be counted
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
-- population: select count(*) from risks
-- escalation: E2
select 'risk' as kind, r.id as subject, 'x' as detail
from risk r
