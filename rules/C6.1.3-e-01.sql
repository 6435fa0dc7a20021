-- id: C6.1.3-e-01
-- title: There is no approved risk treatment plan although controls are still to be built
-- ref: 6.1.3 e, 8.3
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: Decisions to modify risks need a plan with actions, owners and dates. Always major.
-- fix: Write the treatment plan and have it approved.
with pending as (
  select r.id, r.title
  from open_risk r
  where r.treatment = 'modify'
    and (exists (select 1 from risk__controls x join control c on c.id = x.value where x.record = r.id and c.status in ('not_started', 'designing', 'implementing'))
         or exists (select 1 from open_action a join control c on c.id = a.control where a.risk = r.id and c.status in ('not_started', 'designing', 'implementing')))
)
select 'organisation' as kind, 'ORG' as subject,
       'No treatment plan is approved or in force, but controls are not yet implemented for: ' || (select text_list(coalesce(x.title, 'unnamed')) from pending x) || '.' as detail
where exists (select 1 from pending) and not exists (select 1 from current_plan)
