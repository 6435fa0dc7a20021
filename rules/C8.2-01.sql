-- id: C8.2-01
-- title: The risk assessment was not performed at the planned interval, or its result was not kept.
-- ref: 8.2
-- stages: gap internal stage1 stage2 surveillance
-- class: major
-- subject: ORG
-- why: Everything the ISMS decides rests on the assessment. Major when there is none or it is more than 180 days late, minor otherwise and when only the
--   report is missing.
-- fix: Perform the assessment with the current method and keep the report as evidence.
-- note: Where the method names no interval, that of risk_review_days is used.
select 'organisation' as kind, 'ORG' as subject,
       case when x.latest is null then 'No initial or planned risk assessment has been performed.'
            else 'The latest planned risk assessment is of ' || x.latest || '; the interval is ' || cast(x.interval_days as text) || ' days, so it is '
              || cast(days_between(x.latest, as_of()) - x.interval_days as text) || ' days late.' end as detail,
       case when x.latest is not null and days_between(x.latest, as_of()) - x.interval_days <= 180 then 'minor' end as class
from (
  select (select r.performed_on from latest_planned_run r) as latest,
         coalesce((select m.reassessment_interval_days from current_methodology m), cast(p('risk_review_days') as bigint)) as interval_days
) x
where x.latest is null or days_between(x.latest, as_of()) > x.interval_days
union all
select 'risk_assessment_run', r.id, 'The risk assessment of ' || r.performed_on || ' has no retained report.', 'minor'
from latest_run r
where r.report is null
