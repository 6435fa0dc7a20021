-- id: C9.1-03
-- title: Results are collected but not analysed.
-- ref: 9.1 e, 9.1 f
-- stages: internal stage2 surveillance
-- class: minor
-- subject: metric
-- why: A value nobody thinks about is storage. Minor.
-- fix: Evaluate performance and effectiveness, and record the conclusion.
-- note: Silent while no evaluation interval is set (C9.1-01) and during the first one.
select 'metric' as kind, m.id as subject,
       'Metric "' || m.name || '" is to be evaluated every ' || cast(m.analyse_every_days as text) || ' days; '
         || coalesce('the latest conclusion is of ' || (select max(s.analysed_on) from measurement s where s.metric = m.id and not blank(s.conclusion)), 'no conclusion was ever recorded') || '.' as detail
from metric m
where m.active and m.active_since < add_days(as_of(), -m.analyse_every_days)
  and exists (select 1 from measurement s where s.metric = m.id)
  and not exists (
    select 1 from measurement s
    where s.metric = m.id and not blank(s.conclusion) and days_between(s.analysed_on, as_of()) <= 1.5 * m.analyse_every_days)
