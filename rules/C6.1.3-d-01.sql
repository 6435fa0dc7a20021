-- id: C6.1.3-d-01
-- title: There is no approved Statement of Applicability
-- ref: 6.1.3 d, 7.5.1
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: The SoA is mandatory documented information and the yardstick of every audit. Always major.
-- fix: Decide on each of the 93 controls, give reasons and status, and have the SoA approved.
select 'organisation' as kind, 'ORG' as subject,
       case when exists (select 1 from statement_of_applicability)
            then 'No version of the SoA is approved or in force; recorded: '
                 || (select text_list('version ' || coalesce(cast(s.version as text), '?') || ' (' || coalesce(s.status, 'unknown') || ')') from statement_of_applicability s) || '.'
            else 'No Statement of Applicability is recorded.' end as detail
where not exists (select 1 from statement_of_applicability s where s.status in ('approved', 'effective'))
