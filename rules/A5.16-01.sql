-- id: A5.16-01
-- title: An enabled account has no accountable person, is shared without permission, was never approved, or is privileged and unused.
-- ref: A.5.15, A.5.16, A.5.18, A.8.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: account
-- judges: each record alone
-- why: What an account nobody answers for does, nobody did. Minor; major for privileged orphan or shared accounts in production; observation for unused
--   privilege alone.
-- fix: Assign it, have it approved, or disable it.
-- note: Never used counts from the creation of the account.
select 'account' as kind, x.id as subject, 'Account "' || x.login || '" (' || x.kind || ') on "' || x.system_name || '": ' || substr(x.orphan || x.shared || x.unapproved || x.unused, 3) || '.' as detail,
       case when x.privileged and x.environment = 'production' and (x.orphan <> '' or x.shared <> '') then 'major'
            when x.orphan = '' and x.shared = '' and x.unapproved = '' then 'observation' end as class
from (
  select a.id, a.login, a.kind, a.privileged, s.name as system_name, s.environment,
         case when a.kind = 'human' and a.person is null then ', no person'
              when a.kind in ('service', 'emergency') and not exists (select 1 from live_person h where h.id = a.owner)
              then ', owner ' || coalesce((select h.name from person h where h.id = a.owner) || ' not in service', 'missing') else '' end as orphan,
         case when a.kind = 'shared' and not exists (select 1 from waived w where w.subject = a.id) then ', shared without permission' else '' end as shared,
         case when a.approved_by is null or a.approved_on is null then ', never approved'
              when days_between(a.created_on, a.approved_on) > 3 then ', created on ' || a.created_on || ' and approved only on ' || a.approved_on else '' end as unapproved,
         case when a.privileged and a.kind = 'human' and days_between(coalesce(a.last_login_at, a.created_on), as_of()) > p('unused_privilege_days')
              then ', privileged and ' || coalesce('not used since ' || substr(a.last_login_at, 1, 10), 'never used') else '' end as unused
  from account a
  join system_in_scope s on s.id = a.system
  where a.disabled_at is null
) x
where x.orphan <> '' or x.shared <> '' or x.unapproved <> '' or x.unused <> ''
