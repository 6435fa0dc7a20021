-- id: BAD-08
-- title: A write behind a common table
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
with gone as (
  delete from risk returning id
)
select 'risk' as kind, g.id as subject, 'x' as detail from gone g
