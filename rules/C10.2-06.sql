-- id: C10.2-06
-- title: A nonconformity was closed without checking that the action worked.
-- ref: 10.2 d
-- stages: internal stage2 surveillance
-- class: minor
-- subject: nonconformity
-- why: Done is not the same as effective. Minor; major when three or more were closed so.
-- fix: Open it again, verify against a criterion, then close.
-- note: "Several" is read as three or more. An action that was checked and found wanting is answered by another one that was found effective later; an
--   action that nobody checked is not.
select 'nonconformity' as kind, x.id as subject,
       'Nonconformity on ' || x.ref || ', closed ' || coalesce('on ' || x.closed_on, 'without a date') || ': ' || x.actions || '.' as detail,
       case when count(*) over () >= 3 then 'major' end as class
from (
  select n.id, n.ref, n.closed_on,
         text_list('"' || a.description || '" ' || case when a.effectiveness_checked_on is null then 'never checked' else coalesce(replace(a.effectiveness, '_', ' '), 'checked without result') end) as actions
  from nonconformity n
  join corrective_action a on a.nonconformity = n.id
  where n.status = 'closed' and n.source <> 'self'
    and (a.effectiveness_checked_on is null
      or (coalesce(a.effectiveness, 'none') <> 'effective'
        and not exists (
          select 1 from corrective_action b
          where b.nonconformity = n.id and b.effectiveness = 'effective' and b.effectiveness_checked_on > a.effectiveness_checked_on)))
  group by n.id, n.ref, n.closed_on
) x
