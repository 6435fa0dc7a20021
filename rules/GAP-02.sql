-- id: GAP-02
-- title: The gap analysis is incomplete: requirements left out, gaps without a ranked step, or no estimate
-- ref: programme
-- stages: gap
-- class: ofi
-- subject: gap_assessment, gap_item
-- why: Advice; observation when a clause is concerned and Stage 1 is less than 60 days away.
-- fix: Complete the matrix, the list of gaps, the roadmap and the estimate.
with latest as (
  select g.* from gap_assessment g
  where g.id = (select y.id from gap_assessment y where y.performed_on <= as_of() order by y.performed_on desc, y.id desc limit 1)
), item as (
  select i.* from gap_item i join latest l on l.id = i.assessment
), clause_gap as (
  select c.ref from clause_leaf c
  where not exists (select 1 from item i where i.dimension = 'clause' and (i.ref = c.ref or c.ref like i.ref || '.%'))
), control_gap as (
  select a.ref from annex_a_ref a
  where not exists (select 1 from item i where i.dimension = 'control' and i.ref in (a.ref, 'A.' || a.ref))
), bare as (
  select i.ref from item i where blank(i.rationale)
), near as (
  select 1 as yes from stage1_audit s where days_between(as_of(), s.held_on) between 0 and 60
)
select 'gap_assessment' as kind, l.id as subject,
       'The gap analysis of ' || l.performed_on || ': '
       || substr(coalesce('; clauses left out: ' || (select text_list(coalesce(c.ref, 'unnamed')) from clause_gap c), '')
                 || case when exists (select 1 from control_gap)
                         then '; ' || cast((select count(*) from control_gap) as text) || ' controls left out: ' || (select text_list(coalesce(c.ref, 'unnamed')) from control_gap c) else '' end
                 || coalesce('; without rationale: ' || (select text_list(coalesce(b.ref, 'unnamed')) from bare b), '')
                 || case when l.effort_person_days is null then '; no estimate of effort' else '' end
                 || case when l.tooling_cost is null then '; no estimate for tools' else '' end
                 || case when l.consultancy_cost is null then '; no estimate for consultancy' else '' end, 3) || '.' as detail,
       case when exists (select 1 from clause_gap) and exists (select 1 from near) then 'observation' end as class
from latest l
where exists (select 1 from clause_gap) or exists (select 1 from control_gap) or exists (select 1 from bare)
   or l.effort_person_days is null or l.tooling_cost is null or l.consultancy_cost is null
union all
select 'gap_item', i.id,
       'The gap at ' || coalesce(i.ref, 'an unnamed requirement') || ' (' || coalesce(i.result, 'unknown') || ') lacks: '
       || substr(case when blank(i.action) then ', action' else '' end || case when i.owner is null then ', owner' else '' end
                 || case when i.target_on is null then ', target day' else '' end || case when i.risk_severity is null then ', severity' else '' end
                 || case when i.complexity is null then ', complexity' else '' end || case when i.priority is null then ', priority' else '' end, 3) || '.',
       case when i.dimension = 'clause' and exists (select 1 from near) then 'observation' end
from item i
where i.result in ('partial', 'absent')
  and (blank(i.action) or i.owner is null or i.target_on is null or i.risk_severity is null or i.complexity is null or i.priority is null)
