-- id: BAD-25
-- title: A function of one engine
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, r.id as subject, group_concat(r.title) as detail
from risk r
group by r.id
