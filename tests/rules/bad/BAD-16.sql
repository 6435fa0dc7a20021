-- id: BAD-16
-- title: A division by zero
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, 'R' as subject, cast(r.zero / r.zero as text) as detail
from (select count(*) as zero from risk where id = 'none') r
