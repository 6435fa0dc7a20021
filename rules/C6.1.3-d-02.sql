-- id: C6.1.3-d-02
-- title: The SoA does not account for each of the 93 controls exactly once
-- ref: 6.1.3 c, d
-- stages: gap internal stage1
-- class: major
-- subject: statement_of_applicability
-- why: A control without a line was left out without any reason given; a number of the withdrawn 2013 set shows the SoA was never moved.
--   Major when lines are missing; minor for duplicates or unknown numbers alone.
-- fix: Add, merge or re-map the lines until each of the 93 controls of 2022 has one decision.
with line as (
  select coalesce(e.control_ref, 'none') as ref, count(*) as n from current_soa_entry e where e.origin = 'annex_a' group by e.control_ref
), missing as (
  select a.ref from annex_a_ref a where not exists (select 1 from line l where l.ref = a.ref)
), twice as (
  select l.ref from line l where l.n > 1
), unknown as (
  select l.ref from line l where not exists (select 1 from annex_a_ref a where a.ref = l.ref)
)
select 'statement_of_applicability' as kind, s.id as subject,
       'Version ' || coalesce(cast(s.version as text), '?') || ' of the SoA: '
       || substr(case when exists (select 1 from missing) then '; ' || cast((select count(*) from missing) as text) || ' of 93 missing: ' || (select text_list(coalesce(m.ref, 'unnamed')) from missing m) else '' end
                 || case when exists (select 1 from twice) then '; more than one line: ' || (select text_list(coalesce(t.ref, 'unnamed')) from twice t) else '' end
                 || case when exists (select 1 from unknown) then '; not in the 2022 edition: ' || (select text_list(coalesce(u.ref, 'unnamed')) from unknown u) else '' end, 3) || '.' as detail,
       case when not exists (select 1 from missing) then 'minor' end as class
from current_soa s
where exists (select 1 from missing) or exists (select 1 from twice) or exists (select 1 from unknown)
