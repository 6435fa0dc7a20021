-- id: C9.3.1-01
-- title: Management review was not held at the planned interval, or not before certification.
-- ref: 9.3.1
-- stages: gap internal stage1 stage2 surveillance
-- class: major
-- subject: ORG
-- why: If top management does not look, the ISMS is run by nobody who can decide. Major because 9.3 is not operated; minor if an earlier review exists and
--   the delay is below 60 days.
-- fix: Hold the review with all its inputs.
-- note: The first interval runs from the day the ISMS began to operate.
select 'organisation' as kind, 'ORG' as subject,
       case when x.late then case when x.latest is null then 'No management review has been held.'
                                  else 'The latest management review was held on ' || x.latest || ', ' || cast(days_between(x.latest, as_of()) as text) || case when days_between(x.latest, as_of()) = 1 then ' day' else ' days' end || ' ago.' end
            else 'No management review was held between the start of the ISMS (' || coalesce(x.since, 'not recorded') || ') and Stage 2 on ' || x.stage2_on || '.' end as detail,
       case when x.late and x.latest is not null and not x.uncertified and days_between(x.latest, as_of()) - p('mr_interval_days') < 60 then 'minor' end as class
from (
  select q.latest, q.since, q.stage2_on,
         case when (q.latest is null or q.latest < add_days(as_of(), -p('mr_interval_days')))
               and (q.since is null or q.since < add_days(as_of(), -p('mr_interval_days'))) then true else false end as late,
         case when q.stage2_on is not null and not exists (select 1 from certificate)
               and not exists (select 1 from held_review r where r.held_on >= coalesce(q.since, r.held_on) and r.held_on <= q.stage2_on) then true else false end as uncertified
  from (
    select (select max(r.held_on) from held_review r) as latest,
           (select min(o.isms_operational_since) from organisation o) as since,
           (select s.held_on from stage2_audit s) as stage2_on
  ) q
) x
where x.late or x.uncertified
