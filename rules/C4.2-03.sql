-- id: C4.2-03
-- title: It has not been decided whether the ISMS addresses a requirement
-- ref: 4.2 c
-- stages: internal stage1 surveillance
-- class: minor
-- subject: party_requirement
-- why: The 2022 edition asks for this decision explicitly. Minor; observation when only climate-related requirements of the public are
--   open.
-- fix: Decide yes or no for each requirement and record it.
select 'party_requirement' as kind, r.id as subject,
       'Requirement "' || coalesce(r.text, 'unknown') || '" of ' || coalesce(i.name, 'unnamed') || ' is undetermined.' as detail,
       case when min(case when r.climate_related and i.type = 'public' then 1 else 0 end) over () = 1 then 'observation' end as class
from party_requirement r
join interested_party i on i.id = r.party
where r.addressed_by_isms = 'undetermined'
