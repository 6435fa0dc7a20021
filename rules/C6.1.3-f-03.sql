-- id: C6.1.3-f-03
-- title: A residual risk was accepted by someone who is not its owner
-- ref: 6.1.3 f
-- stages: internal stage1 stage2
-- class: major
-- subject: risk_acceptance
-- why: Acceptance by somebody without the accountability binds nobody. Major above the threshold, minor below it. A superior of the owner
--   may accept.
-- fix: Obtain the acceptance of the risk owner.
-- note: Former owners are not recorded: the owner of today is compared.
select 'risk_acceptance' as kind, a.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" was accepted on ' || coalesce(a.accepted_on, 'an unknown day') || ' by ' || coalesce(who.name, 'unnamed') || '; its owner is ' || coalesce(o.name, 'unnamed') || '.' as detail,
       case when r.above_threshold then 'major' else 'minor' end as class
from risk_acceptance a
join risk_measure r on r.id = a.risk
join person who on who.id = a.accepted_by
join person o on o.id = r.owner
where a.status = 'valid'
  and r.status <> 'closed'
  and a.accepted_by <> r.owner
  and not exists (select 1 from superior s where s.person = r.owner and s.superior = a.accepted_by)
