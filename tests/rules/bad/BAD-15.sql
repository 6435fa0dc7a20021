-- id: BAD-15
-- title: A value that doubles without end
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
with recursive longer(t, n) as (
  select cast('xxxxxxxxxxxxxxxx' as text), 1
  union all
  select l.t || l.t, l.n + 1 from longer l where l.n < 60
)
select 'risk' as kind, 'R' as subject, 'x' as detail from (select max(length(l.t)) as n from longer l) g
