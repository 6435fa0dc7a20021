-- id: C6.1.3-f-01
-- title: The risk owner has not approved the treatment of the risk
-- ref: 6.1.3 f
-- stages: internal stage1 stage2
-- class: minor
-- subject: risk
-- why: The plan is the risk owners' plan; their approval is required. Minor; major when no risk owner approved anything in the plan.
-- fix: Obtain the owner's approval and record it in the plan.
-- note: Former owners are not recorded, so the owner of today is asked for.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" has actions in version ' || coalesce(cast(t.version as text), '?') || ' of the treatment plan, but no approval by its owner'
       || coalesce(' ' || p.name, '')
       || coalesce('; approved by ' || (select text_list(coalesce(q.name, 'unnamed')) from risk_treatment_plan__approvals x join person q on q.id = x.person
                                        where x.record = t.id and x.risk = r.id), '') || '.' as detail,
       case when not exists (
              select 1 from risk_treatment_plan__approvals x join risk o on o.id = x.risk and o.owner = x.person where x.record = t.id)
            then 'major' end as class
from open_risk r
join current_plan t on t.status = 'effective'
left join person p on p.id = r.owner
where exists (select 1 from treatment_action a where a.plan = t.id and a.risk = r.id and a.status <> 'cancelled')
  and not exists (
    select 1 from risk_treatment_plan__approvals x where x.record = t.id and x.risk = r.id and x.person = r.owner)
