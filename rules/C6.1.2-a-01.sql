-- id: C6.1.2-a-01
-- title: No documented method for assessing information security risks is in force
-- ref: 6.1.2, 7.5.1
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: Without a method that is written down, approved and in force, every later risk result stands on nothing. Always major: a piece of
--   documented information the standard demands is absent.
-- fix: Describe how risks are identified, analysed and evaluated, have it approved, issue it as a controlled document and put the version
--   into force.
select 'organisation' as kind, 'ORG' as subject,
       case when exists (select 1 from risk_methodology m where m.status = 'effective')
            then 'A method version is in force, but without a document or an approver: '
                 || (select text_list('version ' || coalesce(cast(m.version as text), '?')
                            || case when m.document_version is null then ' (no document)' else '' end
                            || case when m.approved_by is null then ' (no approver)' else '' end)
                     from risk_methodology m where m.status = 'effective') || '.'
            when exists (select 1 from risk_methodology m)
            then 'No version of the method is in force; recorded: '
                 || (select text_list('version ' || coalesce(cast(m.version as text), '?') || ' (' || coalesce(m.status, 'unknown') || ')') from risk_methodology m) || '.'
            else 'No risk method is recorded.' end as detail
where not exists (
  select 1 from risk_methodology m where m.status = 'effective' and m.document_version is not null and m.approved_by is not null)
