-- id: CONSIST-07
-- title: A serious incident did not feed back into the risk register
-- ref: A.5.26, 8.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: incident
-- why: An incident shows how likely and how bad a risk really is; a register that ignores it is not kept current. Minor.
-- fix: Link the risk that came true and assess it again.
select 'incident' as kind, i.id as subject,
       'Incident "' || coalesce(i.title, 'unnamed') || '" (' || coalesce(i.severity, 'unknown') || ') was closed on ' || substr(i.closed_at, 1, 10)
       || case when not exists (select 1 from incident__linked_risks l where l.record = i.id) then ' and is linked to no risk.'
               else '; not assessed again since it was resolved on ' || substr(i.resolved_at, 1, 10) || ': '
                    || (select text_list(coalesce(r.title, 'unnamed') || ' (' || r.assessed_on || ')') from incident__linked_risks l join risk r on r.id = l.value where l.record = i.id) || '.'
          end as detail
from incident i
where i.stage = 'incident'
  and i.severity in ('high', 'critical')
  and days_between(i.closed_at, as_of()) > 30
  and (not exists (select 1 from incident__linked_risks l where l.record = i.id)
       or (i.resolved_at is not null
           and not exists (
             select 1 from incident__linked_risks l join risk r on r.id = l.value
             where l.record = i.id and (r.assessed_on is null or r.assessed_on >= substr(i.resolved_at, 1, 10)))))
