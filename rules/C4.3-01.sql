-- id: C4.3-01
-- title: There is no approved, documented scope
-- ref: 4.3, 7.5.1
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: Nothing can be audited before it is clear what is inside. Always major: mandatory documented information.
-- fix: Draft the scope, have top management approve it and issue it as a controlled document.
select 'organisation' as kind, 'ORG' as subject,
       case when exists (select 1 from scope_statement)
            then 'No scope version is both approved and a controlled document; recorded: '
                 || (select text_list('version ' || coalesce(cast(s.version as text), '?') || ' (' || coalesce(s.status, 'unknown')
                            || case when s.document_version is null then ', no document' else '' end || ')') from scope_statement s) || '.'
            else 'No scope statement is recorded.' end as detail
where not exists (select 1 from scope_statement s where s.status in ('approved', 'effective') and s.document_version is not null)
