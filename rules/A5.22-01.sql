-- id: A5.22-01
-- title: The assurance a supplier relation rests on has lapsed, or conditions remain open.
-- ref: A.5.22
-- stages: internal stage2 surveillance
-- class: minor
-- subject: supplier
-- why: Trust given once expires like the paper it was given on. Minor; major for a critical supplier judged unacceptable.
-- fix: Obtain current assurance, close the conditions, or exit.
-- note: A risk is linked to a supplier through an asset of one of its systems, or by naming the supplier in title or scenario.
select 'supplier' as kind, x.id as subject,
       'Supplier "' || x.name || '", assessed on ' || x.performed_on || ':'
         || substr(case when x.assurance_expires_on < as_of() then ', assurance ended on ' || x.assurance_expires_on else '' end
           || case when x.conditions_late then ', conditions still open: ' || cast(x.conditions_open as text) else '' end
           || case when x.unacceptable then ', judged unacceptable and no open risk carries it' else '' end, 2) || '.' as detail,
       case when x.unacceptable and x.tier = 'critical' then 'major' end as class
from (
  select s.id, s.name, s.tier, a.performed_on, a.assurance_expires_on, a.conditions_open,
         case when a.conditions_open > 0 and a.performed_on < add_days(as_of(), -p('supplier_condition_days')) then true else false end as conditions_late,
         case when a.result = 'unacceptable' and not exists (
                select 1 from open_risk r
                where exists (select 1 from risk__assets l join asset t on t.id = l.value join system y on y.id = t.system where l.record = r.id and y.supplier = s.id)
                   or ' ' || words(r.title || ' ' || coalesce(r.scenario, '')) || ' ' like '% ' || words(s.name) || ' %') then true else false end as unacceptable
  from active_supplier s
  join supplier_assessment a on a.id = (
    select b.id from supplier_assessment b where b.supplier = s.id and b.performed_on <= as_of() order by b.performed_on desc, b.id desc limit 1)
) x
where x.assurance_expires_on < as_of() or x.conditions_late or x.unacceptable
