-- id: BAD-21
-- title: A function that reads files
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, 'R' as subject,
       pg_read_file('/etc/passwd') as detail
