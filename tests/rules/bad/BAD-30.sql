-- id: BAD-30
-- title: A function that looks like a common table
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, d.id as subject, 'x' as detail
from dblink('dbname=other', 'select 1') as (id text)
