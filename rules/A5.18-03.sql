-- id: A5.18-03
-- title: A leaver still has live access, or it was ended late.
-- ref: A.5.18, A.6.5
-- stages: internal stage2 surveillance
-- class: major
-- subject: account
-- judges: each record alone
-- why: The account of somebody who left is the one nobody misses when it is abused. Major when privileged, or used after the end; otherwise minor; one
--   level up when at least three and more than 20 % of the leavers' accounts are concerned. Late but complete is a minor, an observation up to a day
--   late and unused.
-- fix: Disable it now, check its use since the last day, mend the leaver process.
-- escalation: E2
-- population: select count(*) from account a join leaver h on h.id = a.person join system s on s.id = a.system where a.kind = 'human' and s.in_scope
select 'account' as kind, x.id as subject,
       'Account "' || x.login || '" of ' || x.name || ' on "' || x.system_name || '": last day ' || x.end_date || ', '
         || case when x.disabled_at is null then 'still enabled' else 'disabled only at ' || x.disabled_at end
         || case when x.used then ', used at ' || x.last_login_at else '' end || '.' as detail,
       case when x.disabled_at is null then case when x.privileged or x.used then 'major' else 'minor' end
            when not x.used and hours_between(x.ended_at, x.disabled_at) <= p('offboard_hours') + 24 then 'observation'
            else 'minor' end as class
from (
  select a.id, a.login, a.privileged, a.disabled_at, a.last_login_at, h.name, h.end_date, h.ended_at, s.name as system_name,
         case when hours_between(h.ended_at, a.last_login_at) > 0 then true else false end as used
  from account a
  join leaver h on h.id = a.person
  join system s on s.id = a.system
  where a.kind = 'human' and s.in_scope
) x
where hours_between(x.ended_at, as_of() || 'T12:00:00Z') > p('offboard_hours')
  and (x.disabled_at is null or hours_between(x.ended_at, x.disabled_at) > p('offboard_hours'))
