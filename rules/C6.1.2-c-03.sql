-- id: C6.1.2-c-03
-- title: A risk is too abstract to choose controls from
-- ref: 6.1.2 c 1
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: risk
-- why: Only a scenario with source, event, weakness, asset and consequence shows which control would help. Minor; major when more than a
--   quarter of the open risks is affected.
-- fix: Say what happens to which asset through which weakness, by whom, and what it costs the business.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" lacks: '
       || substr(case when not exists (select 1 from risk__assets a where a.record = r.id) then ', assets' else '' end
                 || case when blank(r.threat) then ', threat' else '' end
                 || case when blank(r.weakness) then ', weakness' else '' end
                 || case when blank(r.consequence) then ', consequence' else '' end
                 || case when coalesce(length(trim(r.scenario)), 0) < p('min_scenario_chars')
                      then ', a scenario that tells the story (' || cast(coalesce(length(trim(r.scenario)), 0) as text) || ' characters)' else '' end, 3)
       || '.' as detail,
       case when 4 * count(*) over () > (select count(*) from open_risk) then 'major' end as class
from open_risk r
where not exists (select 1 from risk__assets a where a.record = r.id)
   or blank(r.threat) or blank(r.weakness) or blank(r.consequence)
   or coalesce(length(trim(r.scenario)), 0) < p('min_scenario_chars')
