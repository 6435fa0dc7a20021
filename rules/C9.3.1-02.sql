-- id: C9.3.1-02
-- title: The management review was not made by top management.
-- ref: 9.3.1, 5.1
-- stages: internal stage2 surveillance
-- class: major
-- subject: management_review
-- why: Only top management can decide on means and direction. Major when none took part; minor when another person chaired in their presence.
-- fix: Repeat the review with top management.
select 'management_review' as kind, r.id as subject,
       'Review of ' || r.held_on || ' was chaired by ' || coalesce(h.name, 'nobody named') || '; top management ' || case when x.top > 0 then 'was only present.' else 'took no part.' end as detail,
       case when x.top > 0 then 'minor' end as class
from held_review r
left join person h on h.id = r.chair
join (
  select q.id, count(*) filter (where a.is_top_management) as top
  from management_review q
  left join management_review__attendees l on l.record = q.id
  left join person a on a.id = l.value
  group by q.id
) x on x.id = r.id
where not coalesce(h.is_top_management, false)
