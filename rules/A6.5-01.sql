-- id: A6.5-01
-- title: A leaver was not processed: no case, things not returned, continuing duties not confirmed.
-- ref: A.6.5, A.5.11
-- stages: internal stage2 surveillance
-- class: minor
-- subject: person
-- why: What is not collected on the last day rarely comes back. Minor; one level up when more than 20 % of the leavers are concerned. A live account is
--   judged by A5.18-03 and not repeated here.
-- fix: Close the case, recover the assets, remind of the duties that continue.
-- escalation: E2
-- population: select count(*) from leaver h where h.in_scope and h.end_date < add_days(as_of(), -p('offboard_case_days')) and h.end_date >=
--   add_days(as_of(), -365)
select 'person' as kind, x.id as subject, x.name || ' left on ' || x.end_date || ': ' || substr(x.faults, 3) || '.' as detail
from (
  select h.id, h.name, h.end_date,
         case when o.id is null then ', no offboarding case'
              else case when a.live is null and o.access_revoked_at is null then ', end of access not recorded'
                        when a.live is null and hours_between(add_days(o.last_day, 1), o.access_revoked_at) > p('offboard_hours') then ', access ended only at ' || o.access_revoked_at else '' end
                || case when o.assets_returned_on is null and exists (select 1 from offboarding_case__assets_to_return l where l.record = o.id) then ', assets not returned' else '' end
                || case when o.duties_reminded_on is null then ', continuing duties not confirmed' else '' end
         end as faults
  from leaver h
  left join offboarding_case o on o.id = (select max(b.id) from offboarding_case b where b.person = h.id)
  left join (select c.person, count(*) as live from account c where c.kind = 'human' and c.disabled_at is null group by c.person) a on a.person = h.id
  where h.in_scope and h.end_date < add_days(as_of(), -p('offboard_case_days')) and h.end_date >= add_days(as_of(), -365)
) x
where x.faults <> ''
