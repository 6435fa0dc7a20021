-- id: BAD-29
-- title: A function in quotes
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, 'R' as subject,
       cast("lo_import"('/etc/passwd') as text) as detail
