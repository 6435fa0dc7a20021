-- id: BAD-13
-- title: A recursion that never ends
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
with recursive forever(n) as (
  select 1
  union all
  select f.n + 0 from forever f
)
select 'risk' as kind, 'R' as subject, 'x' as detail from (select max(f.n) as n from forever f) g
