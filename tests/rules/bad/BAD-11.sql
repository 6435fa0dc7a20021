-- id: BAD-11
-- title: Another database
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
attach database '/tmp/other.db' as other
