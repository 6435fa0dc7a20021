-- id: C9.1-04
-- title: The effectiveness of a key control is not evaluated.
-- ref: 9.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: control
-- why: A key control that does not work leaves the risk it was counted against. Minor; major when more than half of the key controls are untested.
-- fix: Test the control or measure its effect; act on failures.
select 'control' as kind, x.id as subject,
       'Key control ' || x.code || ' "' || x.title || '"'
         || case when x.untested then ' was ' || coalesce('last tested or measured on ' || x.latest, 'never tested nor measured') else ' is ineffective and nothing is under way for it' end || '.' as detail,
       case when x.untested and x.untested_total * 2 > x.total then 'major' end as class
from (
  select q.*, sum(case when q.untested then 1 else 0 end) over () as untested_total, count(*) over () as total
  from (
    select c.id, c.code, c.title, y.latest,
           case when c.operational_since < add_days(as_of(), -p('control_test_days')) and (y.latest is null or y.latest < add_days(as_of(), -p('control_test_days'))) then true else false end as untested,
           case when c.effectiveness = 'ineffective'
                 and not exists (select 1 from nonconformity n join audit_ref q on q.ref = n.ref join control_ref r on r.control = c.id and 'A.' || r.ref = q.item where n.status not in ('closed', 'cancelled'))
                 and not exists (select 1 from open_action a where a.control = c.id) then true else false end as ignored
    from control c
    left join (
      select z.control, max(z.day) as latest
      from (select t.control, t.tested_on as day from control_test t where t.tested_on <= as_of()
            union all
            select m.control, s.period_end from metric m join measurement s on s.metric = m.id where m.kind = 'effectiveness' and m.control is not null and s.period_end <= as_of()) z
      group by z.control
    ) y on y.control = c.id
    where c.key_control and c.status = 'implemented'
  ) q
) x
where x.untested or x.ignored
