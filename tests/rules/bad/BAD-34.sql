-- id: BAD-34
-- title: The same subject twice
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, 'R-X' as subject, r.title as detail from risk r
