-- id: C4.3-03
-- title: The scope was not approved by top management, or work started before its approval
-- ref: 4.3, 5.1
-- stages: internal stage1
-- class: minor
-- subject: scope_statement
-- why: Leadership decides what the ISMS protects. Minor; observation when only the order of approval and start is wrong.
-- fix: Obtain and date the approval by top management.
select 'scope_statement' as kind, s.id as subject,
       'Version ' || coalesce(cast(s.version as text), '?') || ' of the scope '
       || case when s.approved_by is null then 'names nobody who approved it.'
               when a.is_top_management then 'was approved on ' || s.approved_on || ', after the ISMS began to operate on ' || o.started || '.'
               else 'was approved by ' || coalesce(a.name, 'unnamed') || ', who is not top management.' end as detail,
       case when a.is_top_management then 'observation' end as class
from current_scope s
left join person a on a.id = s.approved_by
cross join (select min(isms_operational_since) as started from organisation) o
where s.approved_by is null
   or not a.is_top_management
   or (s.version = 1 and s.approved_on > o.started)
