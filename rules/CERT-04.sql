-- id: CERT-04
-- title: Headcount or sites declared to the certification body differ from the data, so the audit time rests on wrong facts.
-- ref: ISO/IEC 27006-1 9.1
-- stages: stage1 surveillance
-- class: minor
-- subject: certification_project
-- why: The body calculates days from what we declare; a wrong number surfaces on the first day of the audit. Minor against the contract; major if the
--   audit time falls into a lower band because of it.
-- fix: Correct the application.
select 'certification_project' as kind, x.id as subject,
       'Declared: ' || cast(x.headcount_declared as text) || ' people, sites ' || coalesce(x.declared_sites, 'none') || '. Data: ' || cast(x.people as text)
         || ' live people in scope, sites ' || coalesce(x.actual_sites, 'none') || '.' as detail,
       case when x.wrong_count
             and (select b.days from audit_time_band b where x.headcount_declared >= b.persons_from and x.headcount_declared <= b.persons_to)
               < (select b.days from audit_time_band b where x.people >= b.persons_from and x.people <= b.persons_to) then 'major' end as class
from (
  select j.id, j.headcount_declared, n.people,
         (select text_list(coalesce(s.name, l.value)) from certification_project__sites_declared l left join site s on s.id = l.value where l.record = j.id) as declared_sites,
         (select text_list(s.name) from open_site s) as actual_sites,
         case when abs(j.headcount_declared - n.people) > 3 and abs(j.headcount_declared - n.people) * 100 > p('headcount_tolerance_pct') * n.people then true else false end as wrong_count,
         case when exists (select 1 from open_site s where not exists (select 1 from certification_project__sites_declared l where l.record = j.id and l.value = s.id))
                or exists (select 1 from certification_project__sites_declared l where l.record = j.id and not exists (select 1 from open_site s where s.id = l.value))
              then true else false end as wrong_sites
  from certification_project j
  cross join (select count(*) as people from live_person h where h.in_scope) n
) x
where x.wrong_count or x.wrong_sites
