-- id: BAD-01
-- title: A table that does not exist
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, 'x' as detail
from risk r
join ledger_of_nothing l on l.risk = r.id
