-- id: C9.1-01
-- title: It has not been determined what is measured, how, when, by whom, and who evaluates.
-- ref: 9.1
-- stages: internal stage1
-- class: minor
-- subject: metric
-- why: Numbers that nobody defined convince nobody. Minor; major when there is no metric at all.
-- fix: Complete the definition.
select 'organisation' as kind, 'ORG' as subject, 'No active metric exists.' as detail, 'major' as class
from organisation o
where not exists (select 1 from metric m where m.active)
union all
select 'metric', m.id,
       'Metric "' || m.name || '" lacks:'
         || substr(case when blank(m.method) then ', method' else '' end
           || case when m.measure_every_days is null then ', when it is measured' else '' end
           || case when m.measured_by is null and not m.automated then ', who measures' else '' end
           || case when m.analyse_every_days is null then ', when it is evaluated' else '' end
           || case when m.analysed_by is null then ', who evaluates' else '' end, 2) || '.', cast(null as text)
from metric m
where m.active
  and (blank(m.method) or m.measure_every_days is null or (m.measured_by is null and not m.automated) or m.analyse_every_days is null or m.analysed_by is null)
