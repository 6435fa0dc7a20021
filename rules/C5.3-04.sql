-- id: C5.3-04
-- title: A role is assigned but not communicated, or without stated authority
-- ref: 5.3
-- stages: internal stage2
-- class: observation
-- subject: role_assignment
-- why: Who does not know about a role or has no authority cannot fill it. Observation; minor when three or more roles are affected.
-- fix: Issue the appointment and confirm that it arrived.
with bad as (
  select a.id, a.role, h.name as holder, a.communicated_on, a.authority_granted_by, g.name as granter,
         case when a.role in ('isms_owner', 'top_management_sponsor', 'reporting_to_top_management') and not g.is_top_management then 1 else 0 end as low
  from role_assignment a
  join person h on h.id = a.person
  left join person g on g.id = a.authority_granted_by
  where a.ended_on is null
)
select 'role_assignment' as kind, b.id as subject,
       'The role "' || replace(coalesce(b.role, 'unnamed'), '_', ' ') || '" of ' || coalesce(b.holder, 'unnamed') || ': '
       || substr(case when b.communicated_on is null then '; not communicated' else '' end
                 || case when b.authority_granted_by is null then '; nobody granted the authority' else '' end
                 || case when b.low = 1 then '; the authority came from ' || b.granter || ', who is not top management' else '' end, 3) || '.' as detail,
       case when (select count(distinct x.role) from bad x where x.communicated_on is null or x.authority_granted_by is null or x.low = 1) >= 3
            then 'minor' end as class
from bad b
where b.communicated_on is null or b.authority_granted_by is null or b.low = 1
