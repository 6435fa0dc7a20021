-- id: BAD-04
-- title: A header without fix
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
select 'risk' as kind, r.id as subject, 'x' as detail from risk r
