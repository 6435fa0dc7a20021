-- id: C5.3-01
-- title: Nobody holds the authority over the ISMS, or nobody reports on it to top management
-- ref: 5.3 a, b
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: Somebody has to see to conformity, and somebody has to report; one person may do both. Major when the ISMS owner is vacant; minor
--   when only the reporting duty is unassigned.
-- fix: Appoint the ISMS owner with authority from top management, and assign the reporting duty.
select 'organisation' as kind, 'ORG' as subject,
       'Roles: ' || substr(case when not exists (select 1 from current_role_assignment a where a.role = 'isms_owner') then '; nobody holds the role of ISMS owner' else '' end
              || case when not exists (select 1 from current_role_assignment a where a.role = 'reporting_to_top_management')
                      then '; nobody is charged with reporting to top management' else '' end, 3) || '.' as detail,
       case when exists (select 1 from current_role_assignment a where a.role = 'isms_owner') then 'minor' end as class
where not exists (select 1 from current_role_assignment a where a.role = 'isms_owner')
   or not exists (select 1 from current_role_assignment a where a.role = 'reporting_to_top_management')
