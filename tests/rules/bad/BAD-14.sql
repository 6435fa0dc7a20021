-- id: BAD-14
-- title: Ten million rows
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
with recursive many(n) as (
  select 1
  union all
  select m.n + 1 from many m where m.n < 10000000
)
select 'risk' as kind, cast(m.n as text) as subject, 'x' as detail from many m
