-- id: C4.1-01
-- title: External or internal issues that bear on the ISMS have not been determined
-- ref: 4.1
-- stages: gap internal stage1
-- class: minor
-- subject: ORG
-- why: Scope and risk work start from the issues around and inside the organisation. Minor when one side is missing; major when no issue is
--   recorded at all.
-- fix: Hold a context workshop, record internal and external issues and link them to risks.
with seen as (
  select count(*) as n,
         sum(case when c.kind = 'internal' then 1 else 0 end) as inside,
         sum(case when c.kind = 'external' and c.topic <> 'climate_change' then 1 else 0 end) as outside
  from context_issue c
)
select 'organisation' as kind, 'ORG' as subject,
       case when s.n = 0 then 'No context issue is recorded.'
            else cast(s.n as text) || ' context issue(s) recorded, but none that is '
                 || case when s.inside = 0 and s.outside = 0 then 'internal and none external (climate change apart)'
                         when s.inside = 0 then 'internal' else 'external (climate change apart)' end || '.' end as detail,
       case when s.n = 0 then 'major' end as class
from seen s
where s.n = 0 or s.inside = 0 or s.outside = 0
