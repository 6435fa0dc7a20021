-- id: C6.1.2-c-02
-- title: The risk register looks perfunctory
-- ref: 6.1.2 b, c 2
-- stages: internal stage2
-- class: observation
-- subject: ORG
-- why: One technical person who owns nearly everything, or scores that hardly differ, are signs of an assessment done for the file.
--   Observation, as it is no proof; minor when that single owner also accepts the residual risks.
-- fix: Give each risk to the person accountable for the process it hits, and repeat the analysis with calibrated assessors.
-- note: Both measures of equal scores ask for at least 15 open risks; the deviation is that of the whole register.
with total as (
  select count(*) as n from open_risk
), owner as (
  select r.owner as id, p.name, count(*) as n
  from open_risk r
  join person p on p.id = r.owner
  where not p.is_top_management
  group by r.owner, p.name
), heavy as (
  select o.id, o.name, o.n from owner o cross join total t where t.n >= 10 and 5 * o.n > 4 * t.n
), level as (
  select r.residual_text, count(*) as n from assessed_risk r where r.residual_score is not null group by r.residual_text
), flat as (
  select l.residual_text, l.n from level l cross join total t where t.n >= 15 and 10 * l.n > 7 * t.n
), spread as (
  select count(r.inherent_likelihood) as n, sum(r.inherent_likelihood) as s, sum(r.inherent_likelihood * r.inherent_likelihood) as q
  from open_risk r
), narrow as (
  select x.n from spread x cross join total t where t.n >= 15 and x.n > 0 and 100 * (x.n * x.q - x.s * x.s) < 9 * x.n * x.n
)
select 'organisation' as kind, 'ORG' as subject,
       'Register: ' || substr(coalesce((select '; ' || h.name || ' owns ' || cast(h.n as text) from heavy h), '')
              || coalesce((select '; ' || cast(f.n as text) || ' share the residual level ' || f.residual_text from flat f), '')
              || case when exists (select 1 from narrow) then '; the inherent likelihood hardly differs (standard deviation under 0.3)' else '' end, 3)
       || '; open risks: ' || cast(t.n as text) || '.' as detail,
       case when exists (
              select 1 from heavy h join risk_acceptance a on a.accepted_by = h.id and a.status = 'valid' join open_risk r on r.id = a.risk)
            then 'minor' end as class
from total t
where exists (select 1 from heavy) or exists (select 1 from flat) or exists (select 1 from narrow)
