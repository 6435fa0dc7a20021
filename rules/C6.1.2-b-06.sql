-- id: C6.1.2-b-06
-- title: The same scenario is scored differently in two places
-- ref: 6.1.2 b
-- stages: internal stage2 surveillance
-- class: minor
-- subject: a pair of risks
-- why: Two entries with the same threat category, weakness and assets describe one risk; scores further apart than the tolerance are direct
--   evidence of inconsistency. Minor.
-- fix: Merge the entries, or align the scores and say why they differ.
-- note: The subject is the pair, both ids joined by a stroke, the lower first.
with candidate as (
  select r.id, r.title, r.threat_category, words(r.weakness) as weak, r.inherent_likelihood, r.inherent_impact, r.tolerance_levels
  from assessed_risk r
  where r.threat_category is not null and not blank(words(r.weakness))
    and exists (select 1 from risk__assets a where a.record = r.id)
)
select 'risk' as kind, a.id || '/' || b.id as subject,
       'Risks "' || coalesce(a.title, 'unnamed') || '" and "' || coalesce(b.title, 'unnamed') || '" describe the same scenario, but are scored likelihood '
       || coalesce(cast(a.inherent_likelihood as text), 'none') || ' and ' || coalesce(cast(b.inherent_likelihood as text), 'none')
       || ', impact ' || coalesce(cast(a.inherent_impact as text), 'none') || ' and ' || coalesce(cast(b.inherent_impact as text), 'none')
       || ' (tolerance ' || cast(a.tolerance_levels as text) || ').' as detail
from candidate a
join candidate b on b.threat_category = a.threat_category and b.weak = a.weak and b.id > a.id
where (abs(a.inherent_likelihood - b.inherent_likelihood) > a.tolerance_levels
       or abs(a.inherent_impact - b.inherent_impact) > a.tolerance_levels)
  and not exists (
    select 1 from risk__assets x
    where x.record = a.id and not exists (select 1 from risk__assets y where y.record = b.id and y.value = x.value))
  and not exists (
    select 1 from risk__assets y
    where y.record = b.id and not exists (select 1 from risk__assets x where x.record = a.id and x.value = y.value))
