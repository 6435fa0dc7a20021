-- id: A7.7-01
-- title: Physical checks or maintenance are overdue or leave issues open.
-- ref: A.7.5, A.7.7, A.7.11, A.7.13
-- stages: internal stage2 surveillance
-- class: minor
-- subject: site
-- why: Filters clog and desks fill between the inspections nobody makes. Minor; observation when only the clear desk is concerned.
-- fix: Inspect, maintain, close what was found.
-- note: One finding a site, naming the kinds. A site younger than the interval is not yet due.
select 'site' as kind, x.id as subject, 'Site "' || x.name || '": ' || text_list(x.fault) || '.' as detail,
       case when sum(case when x.kind = 'clear_desk' then 0 else 1 end) = 0 then 'observation' end as class
from (
  select s.id, s.name, k.kind,
         replace(k.kind, '_', ' ')
           || case when i.id is null then ' never inspected'
                   when i.performed_on < add_days(as_of(), -p('inspection_days')) then ' last inspected on ' || i.performed_on
                   when i.next_due_on < add_days(as_of(), -30) then ' due on ' || i.next_due_on
                   else ' with issues open for more than 60 days' end as fault
  from open_site s
  cross join inspection_kind k
  left join physical_inspection i on i.id = (
    select j.id from physical_inspection j where j.site = s.id and j.kind = k.kind and j.performed_on <= as_of() order by j.performed_on desc, j.id desc limit 1)
  where s.kind <> 'virtual'
    and ((coalesce(i.performed_on, '0001-01-01') < add_days(as_of(), -p('inspection_days')) and s.opened_on < add_days(as_of(), -p('inspection_days')))
      or i.next_due_on < add_days(as_of(), -30)
      or exists (select 1 from physical_inspection j where j.site = s.id and j.kind = k.kind and j.issues_open > 0 and j.performed_on < add_days(as_of(), -60)))
) x
group by x.id, x.name
