-- id: C9.3.2-02
-- title: The inputs of a management review were stale on its day.
-- ref: 9.3.2 d, 9.3.2 f
-- stages: internal stage2 surveillance
-- class: observation
-- subject: review_input
-- why: Deciding on last season's numbers. Observation; minor when audit results existed only after the review and no second one followed before Stage 2.
-- fix: Hold a supplementary review with current data.
-- note: The period of a review is the planned interval before it.
select 'review_input' as kind, x.id as subject,
       'Review of ' || x.held_on || ', input ' || x.item || ': ' || case when x.early then 'no internal audit had been reported in the year before it' else 'data of ' || x.data_as_of || ', ' || cast(days_between(x.data_as_of, x.held_on) as text) || case when days_between(x.data_as_of, x.held_on) = 1 then ' day' else ' days' end || ' old' end || '.' as detail,
       case when x.early
             and exists (select 1 from audit a where a.kind = 'internal' and a.reported_on > x.held_on and a.reported_on <= as_of())
             and exists (select 1 from stage2_audit s)
             and not exists (
               select 1 from held_review q
               where q.held_on > x.held_on and q.held_on <= (select s.held_on from stage2_audit s)
                 and q.held_on >= (select min(a.reported_on) from audit a where a.kind = 'internal' and a.reported_on > x.held_on)) then 'minor' end as class
from (
  select i.id, i.item, i.data_as_of, r.held_on,
         case when i.item = 'd3' and i.discussed and not exists (
                select 1 from audit a
                where a.kind = 'internal' and a.reported_on <= r.held_on and a.reported_on > add_days(r.held_on, -p('mr_interval_days'))) then true else false end as early,
         case when i.data_as_of < add_days(r.held_on, -p('mr_input_age_days')) then true else false end as stale
  from review_input i
  join held_review r on r.id = i.review
  where i.item in ('d1', 'd2', 'd3', 'd4', 'f')
) x
where x.early or x.stale
