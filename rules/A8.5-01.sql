-- id: A8.5-01
-- title: Multi-factor authentication does not cover what it must.
-- ref: A.8.5
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: system
-- judges: each record alone
-- through: account.system
-- why: A stolen password is then all it takes. Major when remote access, an administrative console or a cloud platform is concerned and a privileged
--   account is among them; otherwise minor.
-- fix: Enforce it; grant only exceptions with an end.
-- note: An exception on an account counts for that account; one that names a control counts unless the Statement of Applicability gives this control to
--   other requirements alone. An exception on the system silences it as a whole, but only if it names a control that the Statement of Applicability gives
--   to A.8.5: what is said about a system in general may concern anything. Where every account is excepted, nothing is left to enforce.
select 'system' as kind, x.id as subject,
       'System "' || x.name || '"' || case when not x.mfa_enforced then ' does not enforce a second factor' else '' end
         || case when x.weak > 0 then case when x.mfa_enforced then ': accounts without a second factor: ' else '; without it: ' end || x.logins || ' (' || cast(x.weak as text) || ' of ' || cast(x.accounts as text) || ' accounts)' else '' end || '.' as detail,
       case when x.access_class in ('remote_access', 'admin_console', 'cloud_platform')
             and (x.weak_privileged > 0 or (not x.mfa_enforced and x.privileged > 0)) then 'major' end as class
from (
  select s.id, s.name, s.access_class, s.mfa_enforced, count(*) as accounts,
         count(*) filter (where not a.mfa_enabled) as weak,
         count(*) filter (where a.privileged) as privileged,
         count(*) filter (where a.privileged and not a.mfa_enabled) as weak_privileged,
         text_list(case when not a.mfa_enabled then a.login end) as logins
  from production_system s
  join account a on a.system = s.id
  where (s.handles_sensitive or s.access_class in ('remote_access', 'admin_console', 'cloud_platform'))
    and a.disabled_at is null and a.kind in ('human', 'shared', 'emergency')
    and not exists (select 1 from waived_for w where w.subject = a.id and coalesce(w.control_ref, '8.5') = '8.5')
    and not exists (select 1 from waived_for w where w.subject = s.id and w.control_ref = '8.5')
  group by s.id, s.name, s.access_class, s.mfa_enforced
) x
where x.weak > 0 or not x.mfa_enforced
