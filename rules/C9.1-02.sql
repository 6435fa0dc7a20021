-- id: C9.1-02
-- title: A planned measurement was not taken.
-- ref: 9.1 c
-- stages: internal stage2 surveillance
-- class: minor
-- subject: metric
-- why: A metric without values says nothing, and a gap in the series hides exactly the bad months. Minor; one level up when more than 20 % of the metrics
--   lack values.
-- fix: Measure, or change the plan and say why.
-- escalation: E2
-- population: select count(*) from metric m where m.active
select 'metric' as kind, x.id as subject,
       'Metric "' || x.name || '" is measured every ' || cast(x.measure_every_days as text) || ' days; '
         || case when x.latest is null then 'no value has been taken since ' || x.active_since || '.' else 'the latest value ends on ' || x.latest || '.' end as detail
from (
  select m.id, m.name, m.measure_every_days, m.active_since, (select max(s.period_end) from measurement s where s.metric = m.id) as latest
  from metric m
  where m.active and m.active_since < add_days(as_of(), -m.measure_every_days)
) x
where x.latest is null or days_between(x.latest, as_of()) > 1.5 * x.measure_every_days
