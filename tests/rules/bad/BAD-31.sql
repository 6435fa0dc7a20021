-- id: BAD-31
-- title: A share beside a comparison of records
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- share: select r.id as subject from risk r
-- fix: None.
select 'risk' as kind, r.id as subject, 'x' as detail from risk r
