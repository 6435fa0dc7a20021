-- id: CERT-07
-- title: Stage 2 is planned or begun while a finding of Stage 1 is unresolved.
-- ref: ISO/IEC 17021-1 9.3.1.2
-- stages: stage1 stage2
-- class: major
-- subject: finding
-- why: What Stage 1 named and nobody mended becomes the first finding of Stage 2. Major for a major of Stage 1; minor for minors and areas of concern.
-- fix: Resolve it, have the body confirm it, or move Stage 2.
-- note: A finding for which no nonconformity was opened counts as unresolved; of several nonconformities the least advanced counts.
select 'finding' as kind, x.id as subject,
       'Stage 1 finding on ' || x.ref || ' (' || replace(x.grade, '_', ' ') || ') of ' || x.raised_on || ' ' || coalesce('stands at "' || replace(x.state, '_', ' ') || '"', 'has no nonconformity') || '; Stage 2 is ' || replace(s.status, '_', ' ') || ' for ' || s.planned_start || '.' as detail,
       case when x.grade <> 'major' then 'minor' end as class
from (
  select f.id, f.ref, f.grade, f.raised_on, f.addressed_on,
         -- of several nonconformities the least advanced
         (select n.status from nonconformity n where (n.id = f.nonconformity or n.finding = f.id) and n.status <> 'cancelled'
          order by case n.status when 'open' then 1 when 'root_cause' then 2 when 'action_plan' then 3 when 'implemented' then 4 when 'verified' then 5 else 6 end, n.id
          limit 1) as state
  from finding f
  where f.audit = (select a.id from stage1_audit a) and f.grade in ('major', 'minor', 'area_of_concern')
) x
cross join stage2_audit s
where (x.grade = 'major' and coalesce(x.state, 'open') not in ('verified', 'closed')
    and (s.status in ('confirmed', 'in_progress') or s.planned_start <= add_days(as_of(), p('stage2_lead_days'))))
   or (x.grade <> 'major' and x.addressed_on is null and coalesce(x.state, 'open') in ('open', 'root_cause')
    and s.planned_start <= add_days(as_of(), p('stage2_concern_days')))
