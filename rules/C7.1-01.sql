-- id: C7.1-01
-- title: The scope grew and the resources did not.
-- ref: 7.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: isms_change
-- why: The same few people now guard twice as much. Minor; major if more than 30 % of the treatment actions due are overdue at the same time.
-- fix: Decide on resources in management review, and record the decision.
-- note: A resource decision is of the day of its review and counts if that is after the day planned; one of the same day was taken before the plan was
--   known.
select 'isms_change' as kind, c.id as subject,
       'Change "' || c.title || '" (' || replace(c.trigger, '_', ' ') || coalesce(', ' || cast(c.headcount_delta as text) || ' people', '') || ') was implemented on ' || c.implemented_on
         || ' without added budget, and no review has decided on resources since it was planned.' as detail,
       case when (select count(*) filter (where a.status not in ('done', 'cancelled')) * 100 - 30 * count(*) from treatment_action a where a.due_on < as_of()) > 0 then 'major' end as class
from isms_change c
where c.affects_scope and c.implemented_on >= add_days(as_of(), -365) and c.implemented_on <= as_of()
  and (c.headcount_delta * 10 > (select max(o.headcount_total) from organisation o) or c.trigger in ('new_site', 'new_service', 'merger'))
  and (c.budget_delta is null or c.budget_delta <= 0)
  and not exists (
    select 1 from review_decision d
    join held_review r on r.id = d.review
    where d.kind = 'resource' and r.held_on > c.planned_on)
