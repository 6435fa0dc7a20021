-- id: GOOD-01
-- title: Every risk, so that the others are seen to go on
-- ref: 4.1
-- stages: internal
-- class: ofi
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, 'It is there.' as detail from risk r
