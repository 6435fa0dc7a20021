-- id: C4.1-02
-- title: A context issue is not kept current
-- ref: 4.1, 9.3.2 b
-- stages: internal surveillance
-- class: minor
-- subject: context_issue
-- why: What was true a year ago may mislead scope and risks today. Minor; observation while at most 10 % of the issues are late.
-- fix: Review the issue, record the day and carry changes into the management review.
select 'context_issue' as kind, c.id as subject,
       'Issue "' || coalesce(c.description, 'unnamed') || '" was ' || coalesce('last reviewed on ' || c.reviewed_on || ', ' || cast(days_between(c.reviewed_on, as_of()) as text) || ' days ago',
       'never reviewed') || '.' as detail,
       case when 10 * count(*) over () <= (select count(*) from context_issue) then 'observation' end as class
from context_issue c
where days_between(c.reviewed_on, as_of()) > p('context_review_days')
   or (c.reviewed_on is null and (c.determined_on is null or days_between(c.determined_on, as_of()) > p('context_review_days')))
