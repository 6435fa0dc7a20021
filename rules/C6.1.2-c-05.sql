-- id: C6.1.2-c-05
-- title: Confidentiality, integrity or availability is assessed nowhere
-- ref: 6.1.2 c 1
-- stages: internal stage1 stage2
-- class: minor
-- subject: ORG
-- why: The assessment has to look for the loss of all three. Minor; major when availability is missing in an organisation with operational
--   technology or critical services.
-- fix: Identify the risks to the property left out.
-- note: High availability duties are read from Organisation.critical_services, operational technology from assets and systems in scope.
with property(letter, name) as (
  select v.column1, v.column2 from (values ('C', 'confidentiality'), ('I', 'integrity'), ('A', 'availability')) as v
), missing as (
  select x.letter, x.name
  from property x
  where not exists (select 1 from risk__cia c join open_risk r on r.id = c.record where c.value = x.letter)
)
select 'organisation' as kind, 'ORG' as subject,
       'None of the ' || cast((select count(*) from open_risk) as text) || ' open risks concerns: ' || (select text_list(coalesce(m.name, 'unnamed')) from missing m) || '.' as detail,
       case when exists (select 1 from missing m where m.letter = 'A')
             and (exists (select 1 from organisation o where o.critical_services)
                  or exists (select 1 from live_asset a where a.kind = 'ot_device')
                  or exists (select 1 from production_system s where s.access_class = 'ot'))
            then 'major' end as class
where exists (select 1 from missing)
