-- id: BAD-27
-- title: A field twice, a stage that is none, a class that is none
-- ref: 4.1
-- stages: internal soon
-- class: awful
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
-- fix: Again.
select 'risk' as kind, r.id as subject, 'x' as detail from risk r
