-- id: A5.3-01
-- title: Conflicting duties are held by one person.
-- ref: A.5.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: change
-- why: Who can ask, grant and do alone needs nobody else to go wrong. Minor; observation where a small team has a recorded compensating review (valid
--   exception for the record).
-- fix: Separate the duties, or add independent monitoring under an exception.
select 'change' as kind, c.id as subject,
       'Change "' || c.title || '"' || coalesce(' of ' || c.implemented_on, '') || ' was approved by ' || coalesce(h.name, c.approved_by) || ', who also '
         || case when c.approved_by = c.implemented_by then 'implemented' else 'requested' end || ' it.' as detail,
       case when exists (select 1 from waived w where w.subject = c.id) then 'observation' end as class
from change c
left join person h on h.id = c.approved_by
left join system s on s.id = c.system
where c.kind in ('normal', 'emergency', 'release') and (c.approved_by = c.implemented_by or c.approved_by = c.requested_by) and coalesce(s.in_scope, true)
union all
select 'account', a.id, 'The privileged account "' || a.login || '" on "' || s.name || '" was approved by its own user, ' || coalesce(h.name, a.person) || '.',
       case when exists (select 1 from waived w where w.subject = a.id) then 'observation' end
from account a
join system_in_scope s on s.id = a.system
left join person h on h.id = a.person
where a.privileged and a.approved_by = a.person and a.disabled_at is null
union all
select 'control_exception', x.id, 'The exception for ' || x.subject || ' was approved by its requester, ' || coalesce(h.name, x.requested_by) || '.', cast(null as text)
from control_exception x
left join person h on h.id = x.requested_by
where x.status = 'approved' and x.approved_by = x.requested_by
union all
select 'person', y.id, y.name || ' holds ' || text_list(distinct y.pair) || '.', cast(null as text)
from (
  select h.id, h.name, t.a || ' and ' || t.b || ' on "' || s.name || '"' as pair
  from toxic_pair t
  join account__roles r on r.value = t.a
  join account a on a.id = r.record and a.disabled_at is null
  join account b on b.system = a.system and b.person = a.person and b.disabled_at is null
  join account__roles q on q.record = b.id and q.value = t.b
  join live_person h on h.id = a.person
  join system_in_scope s on s.id = a.system
  where not exists (select 1 from waived w where w.subject = h.id)
) y
group by y.id, y.name
