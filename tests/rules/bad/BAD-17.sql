-- id: BAD-17
-- title: No subject
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subjekt, 'x' as detail
from risk r
