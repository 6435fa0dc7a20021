-- id: C10.2-09
-- title: A nonconformity recurred after it was closed.
-- ref: 10.2 b, 10.2 c, 10.2 d
-- stages: internal stage2 surveillance
-- class: major
-- subject: nonconformity
-- why: The same failure twice means the corrective action process did not work. Major. An auditor may grade it minor when the second cause is shown to be
--   different.
-- fix: Analyse the cause again, at the level of the system and together with the first case.
-- note: Whether the second cause is different is left to the auditor's judgement.
select 'nonconformity' as kind, n.id as subject,
       'Nonconformity on ' || n.ref || ' of ' || n.raised_on || ' repeats ' || text_list(e.id || ' closed on ' || e.closed_on) || '.' as detail
from nonconformity n
join audit_ref p on p.ref = n.ref
join audit_ref q on q.item = p.item
join nonconformity e on e.id <> n.id and e.ref = q.ref
where n.status <> 'cancelled'
  and e.status = 'closed'
  and e.closed_on < n.raised_on and e.closed_on >= add_days(n.raised_on, -p('recurrence_days'))
  and (n.site is null or e.site is null or n.site = e.site)
group by n.id, n.ref, n.raised_on
