-- id: C10.2-07
-- title: The person who carried out the action also verified it.
-- ref: 10.2 d
-- stages: internal stage2 surveillance
-- class: minor
-- subject: corrective_action
-- why: Everybody finds the own work effective. The standard asks for the review, independence is good practice; minor, observation when the checker is the
--   action owner's superior.
-- fix: Let somebody verify who neither owns the action nor the nonconformity.
select 'corrective_action' as kind, a.id as subject,
       'Action "' || a.description || '" was verified on ' || a.effectiveness_checked_on || ' by ' || coalesce(h.name, a.effectiveness_checked_by) || ', '
         || case when a.effectiveness_checked_by = a.owner then 'who owns the action.' else 'who owns the nonconformity.' end as detail,
       case when a.effectiveness_checked_by <> a.owner
             and exists (select 1 from superior s where s.person = a.owner and s.superior = a.effectiveness_checked_by) then 'observation' end as class
from corrective_action a
left join nonconformity n on n.id = a.nonconformity
left join person h on h.id = a.effectiveness_checked_by
where a.effectiveness_checked_on is not null
  and (a.effectiveness_checked_by = a.owner or a.effectiveness_checked_by = n.owner)
