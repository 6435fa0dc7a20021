-- id: C5.1-02
-- title: The governance committee does not meet as planned, or is not cross-functional
-- ref: 5.1, 5.3
-- stages: internal stage2 surveillance
-- class: observation
-- subject: committee
-- why: The standard asks for no committee, so this is an observation; minor when a charter in force sets the cadence that is missed, for
--   the organisation then breaks its own requirement.
-- fix: Hold the meeting, keep minutes, widen the membership.
with met as (
  select c.id, c.name, c.charter, c.cadence_days,
         (select max(m.held_on) from committee__meetings m where m.record = c.id and m.held_on <= as_of()) as latest,
         (select count(distinct f.value) from committee__functions_represented f where f.record = c.id) as functions,
         (select text_list(m.held_on) from committee__meetings m
          where m.record = c.id and m.minutes is null and days_between(m.held_on, as_of()) > 15) as unminuted,
         (select d.effective_on from live_document d where d.id = c.charter) as charter_since
  from committee c
), judged as (
  select m.*,
         case when m.latest is not null and days_between(m.latest, as_of()) > m.cadence_days + 15 then 1
              when m.latest is null and (m.charter_since is null or days_between(m.charter_since, as_of()) > m.cadence_days + 15) then 1
              else 0 end as late
  from met m
)
select 'committee' as kind, j.id as subject,
       'Committee "' || coalesce(j.name, 'unnamed') || '": '
       || substr(case when j.late = 1 and j.latest is null then '; no meeting is recorded (planned every ' || coalesce(cast(j.cadence_days as text), '?') || ' days)'
                      when j.late = 1 then '; the latest meeting was held on ' || j.latest || ' (planned every ' || coalesce(cast(j.cadence_days as text), '?') || ' days)' else '' end
                 || case when j.functions < 3 then '; only ' || cast(j.functions as text) || ' function(s) represented' else '' end
                 || coalesce('; no minutes of ' || j.unminuted, ''), 3) || '.' as detail,
       case when j.late = 1 and j.charter_since is not null then 'minor' end as class
from judged j
where j.late = 1 or j.functions < 3 or j.unminuted is not null
