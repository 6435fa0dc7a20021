-- id: A8.13-01
-- title: A system that needs backup has none, or its backups fail.
-- ref: A.8.13
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: system
-- why: What is not backed up exists once. Major when no backup exists for a critical system, otherwise minor.
-- fix: Back up, mend the failures, write the recovery procedure.
-- note: A critical system is one with an asset marked critical. With several plans it is enough that one of them is in order.
select 'system' as kind, x.id as subject, 'System "' || x.name || '": ' || substr(x.faults, 3) || '.' as detail,
       case when x.plans = 0 and exists (select 1 from critical_system c where c.id = x.id) then 'major' end as class
from (
  select q.id, q.name, q.plans,
         case when q.plans = 0 then ', no backup plan'
              else case when q.fresh = 0 then ', last successful backup ' || coalesce('at ' || q.latest, 'never') else '' end
                || case when q.steady = 0 then ', three or more failed runs in seven days' else '' end
                || case when q.secret = 0 and exists (select 1 from data_store d where d.system = q.id and d.classification in ('confidential', 'restricted'))
                        then ', copies of confidential data not encrypted' else '' end
                || case when q.written = 0 then ', no recovery procedure' else '' end
         end as faults
  from (
    select s.id, s.name, count(b.id) as plans, max(b.last_success_at) as latest,
           count(b.id) filter (where hours_between(b.last_success_at, as_of() || 'T12:00:00Z') <= 2 * b.frequency_hours) as fresh,
           count(b.id) filter (where b.failed_runs_7d < 3) as steady,
           count(b.id) filter (where b.encrypted) as secret,
           count(b.id) filter (where b.recovery_procedure is not null) as written
    from production_system s
    left join backup_plan b on b.system = s.id
    where s.rpo_hours is not null
    group by s.id, s.name
  ) q
) x
where x.faults <> ''
