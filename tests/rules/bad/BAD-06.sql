-- id: BAD-06
-- title: A second statement
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, 'x' as detail from risk r;
select 'risk' as kind, r.id as subject, 'y' as detail from risk r
