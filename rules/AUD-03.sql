-- id: AUD-03
-- title: No internal audit of the whole ISMS precedes certification.
-- ref: 9.2, ISO/IEC 27006-1
-- stages: internal stage1 stage2
-- class: major
-- subject: ORG
-- why: A certification body may not certify before at least one internal audit has covered the scope. Major while something is neither audited nor
--   planned; observation when a confirmed or planned audit before Stage 2 will cover the rest.
-- fix: Audit what is listed before Stage 2, within the year before it.
with covered as materialized (
  select s.held_on, c.kind, c.item,
         max(case when d.ended_on >= add_days(s.held_on, -p('full_ia_window_days')) and d.ended_on <= s.held_on then 1 else 0 end) as done,
         max(case when a.kind = 'internal' and a.status in ('planned', 'confirmed') and a.planned_start <= add_days(s.held_on, -14) then 1 else 0 end) as planned
  from stage2_audit s
  cross join audit_covers c
  join audit a on a.id = c.audit
  left join internal_audit_done d on d.id = c.audit
  group by s.held_on, c.kind, c.item
)
select 'organisation' as kind, 'ORG' as subject,
       'Before Stage 2 on ' || x.held_on || ' not audited internally since ' || add_days(x.held_on, -p('full_ia_window_days')) || ': '
         || cast(x.missing as text) || ' of ' || cast(x.items as text) || ' clauses, controls and sites (' || x.names || '); '
         || cast(x.missing - x.open as text) || ' of them are planned.' as detail,
       case when x.open = 0 then 'observation' end as class
from (
  select q.held_on, count(*) as items, count(*) filter (where not q.done) as missing, count(*) filter (where not q.done and not q.planned) as open,
         text_list(case when not q.done then q.label end) as names
  from (
    select s.held_on, i.label, coalesce(v.done, 0) = 1 as done, coalesce(v.planned, 0) = 1 as planned
    from stage2_audit s
    cross join audit_item i
    left join covered v on v.held_on = s.held_on and v.kind = i.kind and v.item = i.item
    where not exists (select 1 from certificate)
  ) q
  group by q.held_on
) x
where x.missing > 0
