-- id: BAD-10
-- title: A pragma as a table
-- ref: 4.1
-- stages: internal
-- class: minor
-- subject: risk
-- why: A file for the test of containment.
-- fix: None.
select 'risk' as kind, t.name as subject, 'x' as detail from pragma_table_info('risk') t
