-- id: C8.3-01
-- title: The risk treatment plan is not being carried out or followed up.
-- ref: 8.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk_treatment_plan
-- why: A plan that is not looked at does not get done. Minor when the review of progress is late or more than 30 % of the actions due are not done; major
--   when more than half are overdue.
-- fix: Review progress with the owners at least quarterly and report it to management review.
select 'risk_treatment_plan' as kind, x.id as subject,
       'Treatment plan version ' || cast(x.version as text) || ': '
         || case when x.late_review then 'last review of progress ' || coalesce('on ' || x.last_progress_review_on, 'never') else 'progress reviewed' end
         || case when x.due > 0 then '; ' || cast(x.overdue as text) || ' of ' || cast(x.due as text) || ' actions due are not done' else '' end || '.' as detail,
       case when x.overdue * 2 > x.due then 'major' end as class
from (
  select r.id, r.version, r.last_progress_review_on,
         case when coalesce(r.last_progress_review_on, v.effective_on, v.approved_on, '0001-01-01') < add_days(as_of(), -p('rtp_progress_days')) then true else false end as late_review,
         (select count(*) from treatment_action a where a.plan = r.id and a.due_on < as_of()) as due,
         (select count(*) from treatment_action a where a.plan = r.id and a.due_on < as_of() and a.status not in ('done', 'cancelled')) as overdue
  from risk_treatment_plan r
  left join document_version v on v.id = r.document_version
  where r.status = 'effective'
) x
where x.late_review or x.overdue * 100 > 30 * x.due
