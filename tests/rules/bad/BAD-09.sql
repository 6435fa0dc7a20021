-- id: BAD-09
-- title: A pragma
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
pragma table_info('risk')
