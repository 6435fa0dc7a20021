-- id: C10.2-02
-- title: The cause of a nonconformity was not determined in time, or it merely repeats the symptom.
-- ref: 10.2 b
-- stages: internal stage2 surveillance
-- class: minor
-- subject: nonconformity
-- why: An action against a symptom leaves the cause in place. Minor; major when the deadline for the response passed without it.
-- fix: Analyse with a method and name the cause in the system, not the person.
select 'nonconformity' as kind, x.id as subject,
       'Nonconformity on ' || x.ref || ' of ' || x.raised_on || ': '
         || case when x.late then 'no cause determined after ' || cast(days_between(x.raised_on, as_of()) as text) || case when days_between(x.raised_on, as_of()) = 1 then ' day' else ' days' end
                 when x.echo then 'the cause repeats the statement'
                 else 'the cause "' || x.root_cause || '" names no cause in the system' end
         || case when x.missed then '; the response was due on ' || x.response_due_on else '' end || '.' as detail,
       case when x.missed then 'major' end as class
from (
  select n.*,
         case when (blank(n.root_cause) or n.root_cause_on is null) and n.raised_on < add_days(as_of(), -p('root_cause_days')) then true else false end as late,
         case when not blank(n.root_cause) and words(n.root_cause) = words(n.statement) then true else false end as echo,
         case when words(n.root_cause) in ('human error', 'oversight', 'forgot') then true else false end as stock,
         case when n.response_due_on < as_of() and (blank(n.root_cause) or n.root_cause_on is null or n.root_cause_on > n.response_due_on) then true else false end as missed
  from nonconformity n
  where n.status <> 'cancelled'
) x
where x.late or x.echo or x.stock
