-- id: C9.3.3-01
-- title: A management review produced no decisions, or decisions lack owner and date.
-- ref: 9.3.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: management_review
-- why: A review without outcome was a meeting. Minor.
-- fix: Minute the decisions with owner and date, or that none is needed and why.
select 'management_review' as kind, r.id as subject,
       'Review of ' || r.held_on || ': '
         || case when x.decisions = 0 then 'no decision is recorded.' else 'without owner or date: ' || x.loose || '.' end as detail
from held_review r
join (
  select q.id, count(d.id) as decisions,
         text_list(case when d.kind <> 'none_needed' and (d.owner is null or d.due_on is null) then '"' || d.text || '"' end) as loose
  from management_review q
  left join review_decision d on d.review = q.id
  group by q.id
) x on x.id = r.id
where r.held_on < add_days(as_of(), -14) and (x.decisions = 0 or x.loose is not null)
