-- id: C6.2-01
-- title: No information security objectives are established
-- ref: 6.2, 7.5.1
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: Objectives are mandatory documented information and give the ISMS its direction. Always major.
-- fix: Set objectives at the functions and levels that matter.
select 'organisation' as kind, 'ORG' as subject,
       case when exists (select 1 from security_objective)
            then 'None of the ' || cast((select count(*) from security_objective) as text) || ' objectives recorded is active, or was due within the last 365 days: '
                 || (select text_list('"' || coalesce(o.title, 'unnamed') || '" (' || coalesce(o.status, 'unknown') || coalesce(', due ' || o.due_on, '') || ')') from security_objective o) || '.'
            else 'No objective is recorded.' end as detail
where not exists (
  select 1 from security_objective o
  where o.status in ('active', 'achieved', 'missed') and (o.due_on is null or days_between(o.due_on, as_of()) <= 365))
