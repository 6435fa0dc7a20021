-- id: A5.27-01
-- title: A serious incident brought no cause, no lessons, or no preserved evidence.
-- ref: A.5.27, A.5.28
-- stages: internal stage2 surveillance
-- class: minor
-- subject: incident
-- why: The same incident is cheaper to prevent than to have twice. Minor; observation when only preservation lacks and no personal data was concerned.
-- fix: Hold the review, record cause and actions, keep the evidence with its custody.
-- note: Proceedings are taken as conceivable when personal data was breached.
select 'incident' as kind, x.id as subject,
       'Incident "' || x.title || '" (' || x.severity || ')' || coalesce(', resolved on ' || substr(x.resolved_at, 1, 10), '') || ':'
         || substr(case when x.late and blank(x.root_cause) then ', no cause' else '' end || case when x.late and x.lessons_learned_on is null then ', no lessons' else '' end
           || case when not x.evidence_preserved then ', evidence not preserved' else '' end, 2) || '.' as detail,
       case when not x.late and not x.personal_data_breach then 'observation' end as class
from (
  select i.*, case when days_between(i.resolved_at, as_of()) > p('lessons_days') and (blank(i.root_cause) or i.lessons_learned_on is null) then true else false end as late
  from incident i
  where i.stage = 'incident' and i.severity in ('high', 'critical')
) x
where x.late or not x.evidence_preserved
