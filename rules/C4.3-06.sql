-- id: C4.3-06
-- title: The scope was set without considering issues and requirements, or did not follow their change
-- ref: 4.3 a, b
-- stages: internal stage1 surveillance
-- class: minor
-- subject: scope_statement
-- why: The scope has to answer to context and interested parties, today's too. Minor.
-- fix: Examine the scope against the issues and requirements again and record it.
with late as (
  select s.id as scope, text_list('"' || coalesce(c.title, 'unnamed') || '" done on ' || c.implemented_on) as changes
  from current_scope s
  join isms_change c on c.affects_scope and c.implemented_on > s.approved_on and days_between(c.implemented_on, as_of()) > p('change_reassess_days')
  group by s.id
)
select 'scope_statement' as kind, s.id as subject,
       'Version ' || coalesce(cast(s.version as text), '?') || ' of the scope: '
       || substr(case when not s.considers_issues then '; does not consider the issues' else '' end
                 || case when not s.considers_requirements then '; does not consider the requirements of interested parties' else '' end
                 || coalesce('; approved on ' || s.approved_on || ', before ' || l.changes, ''), 3) || '.' as detail
from current_scope s
left join late l on l.scope = s.id
where not s.considers_issues or not s.considers_requirements or l.scope is not null
