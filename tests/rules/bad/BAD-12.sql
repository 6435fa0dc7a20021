-- id: BAD-12
-- title: The accounts
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'person' as kind, a.login as subject, a.password as detail
from "assay_account" a
