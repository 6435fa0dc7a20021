-- id: A8.29-01
-- title: A release or project went on without security consideration or test.
-- ref: A.8.25, A.8.26, A.8.27, A.8.28, A.8.29, A.5.8
-- stages: internal stage2 surveillance
-- class: minor
-- subject: change
-- why: What was not tested before release is tested by strangers after it. Minor; observation for a single release of a system that is neither sensitive
--   nor internet-facing; one level up when more than 20 % are concerned.
-- fix: Define acceptance tests and apply them.
-- escalation: E2
-- population: select count(*) from change c left join system s on s.id = c.system where coalesce(s.in_scope, true) and (c.kind = 'project' or
--   (c.kind = 'release' and c.implemented_on >= add_days(as_of(), -365) and c.implemented_on <= as_of()))
select 'change' as kind, c.id as subject,
       case when c.kind = 'project' then 'Project "' || c.title || '" has no security risk assessment.'
            else 'Release "' || c.title || '" of ' || c.implemented_on || ':' || substr(case when not c.tested then ', not tested' else '' end || case when not c.security_tested then ', no security test' else '' end, 2) || '.' end as detail,
       case when c.kind = 'release' and count(*) over () = 1 and not coalesce(s.handles_sensitive, true) and not coalesce(s.internet_facing, true) then 'observation' end as class
from change c
left join system s on s.id = c.system
where coalesce(s.in_scope, true)
  and ((c.kind = 'release' and c.implemented_on >= add_days(as_of(), -365) and c.implemented_on <= as_of() and (not c.security_tested or not c.tested))
    or (c.kind = 'project' and not c.risk_assessed))
