-- id: BAD-99
-- title: A file with another name
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, 'x' as detail from risk r
