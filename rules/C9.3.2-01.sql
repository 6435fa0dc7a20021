-- id: C9.3.2-01
-- title: A required input was not considered in management review.
-- ref: 9.3.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: review input
-- why: Top management can only decide on what it saw. Minor per input; major when three or more are missing, or audit results together with risk results.
-- fix: Supply the input and minute that it was considered; a supplementary review is enough.
-- note: Where no review was held in the interval at all, C9.3.1-01 speaks and this rule is silent.
select 'review input' as kind, x.item as subject,
       'Input ' || x.item || ' (' || x.label || ') was not discussed with content in any review held since ' || add_days(as_of(), -p('mr_interval_days')) || '.' as detail,
       case when x.missing >= 3 or x.core = 2 then 'major' end as class
from (
  select i.column1 as item, i.column2 as label,
         count(*) over () as missing,
         sum(case when i.column1 in ('d3', 'f') then 1 else 0 end) over () as core
  from (values ('a', 'status of earlier actions'), ('b', 'changed issues'), ('c', 'changed needs of interested parties'),
               ('d1', 'nonconformities and corrective actions'), ('d2', 'monitoring results'), ('d3', 'audit results'),
               ('d4', 'fulfilment of objectives'), ('e', 'feedback'), ('f', 'risk assessment results and treatment status'),
               ('g', 'opportunities for improvement')) as i
  where not exists (
    select 1
    from review_input n
    join held_review r on r.id = n.review
    where n.item = i.column1 and n.discussed and not blank(n.content) and r.held_on >= add_days(as_of(), -p('mr_interval_days')))
) x
where exists (select 1 from held_review r where r.held_on >= add_days(as_of(), -p('mr_interval_days')))
