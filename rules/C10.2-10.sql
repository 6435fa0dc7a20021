-- id: C10.2-10
-- title: A failed control or a serious incident did not lead to a nonconformity.
-- ref: 10.2, 9.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: control_test
-- why: A failure that is only noted repairs nothing. Minor; observation when the control passed a repeated test within a day.
-- fix: Open the nonconformity, or record why none is needed.
-- note: A root cause names a failed control when it contains the code or the title of a control, or an Annex A number with "A." before it.
select 'control_test' as kind, t.id as subject,
       'Control ' || c.code || ' "' || c.title || '" failed its test on ' || t.tested_on || '; no nonconformity on it was raised in the 30 days after.' as detail,
       case when exists (select 1 from control_test u where u.control = t.control and u.result = 'pass' and u.id <> t.id
                           and u.tested_on >= t.tested_on and u.tested_on <= add_days(t.tested_on, 1)) then 'observation' end as class
from control_test t
join control c on c.id = t.control
where t.result = 'fail' and t.tested_on < add_days(as_of(), -30)
  and not exists (
    select 1 from nonconformity n
    join audit_ref q on q.ref = n.ref
    join control_ref r on r.control = t.control and 'A.' || r.ref = q.item
    where n.raised_on >= t.tested_on and n.raised_on <= add_days(t.tested_on, 30))
union all
select 'incident', i.id,
       'Incident "' || i.title || '" (' || i.severity || ') was closed on ' || substr(i.closed_at, 1, 10) || '; its cause names a control, but no nonconformity was opened.', cast(null as text)
from incident i
where i.severity in ('high', 'critical') and i.closed_at is not null and i.nonconformity is null and not blank(i.root_cause)
  and (exists (select 1 from control c
               where ' ' || words(i.root_cause) || ' ' like '% ' || words(c.code) || ' %' or ' ' || words(i.root_cause) || ' ' like '% ' || words(c.title) || ' %')
    or exists (select 1 from annex_a_ref a where ' ' || words(i.root_cause) || ' ' like '% a ' || words(a.ref) || ' %'))
