-- id: AUD-09
-- title: The audit programme ignores the importance of processes and earlier results.
-- ref: 9.2.2
-- stages: internal surveillance
-- class: minor
-- subject: audit_programme
-- why: A programme that treats everything alike spends its days where nothing happens. Minor when an area with a major finding is not looked at again
--   within a year; observation when only the flag is missing.
-- fix: Weight the programme by risk and by earlier findings; schedule the follow-up.
-- note: The previous audits are the latest completed internal and the latest completed external one.
select 'audit_programme' as kind, g.id as subject,
       'Programme from ' || g.period_start || ':'
         || substr(case when not g.considers_importance then ', importance not considered' else '' end
           || case when not g.considers_previous_results then ', earlier results not considered' else '' end
           || coalesce(', no audit within a year after the major finding on ' || x.areas, ''), 2) || '.' as detail,
       case when x.areas is null then 'observation' end as class
from current_programme g
cross join (
  select text_list(distinct f.ref || ' of ' || f.raised_on) as areas
  from finding f
  join audit_ref q on q.ref = f.ref
  join audit a on a.id = f.audit
  where f.grade = 'major'
    and a.id in (
      select b.id from (
        select c.id, row_number() over (partition by case when c.kind = 'internal' then 0 else 1 end order by c.ended_on desc, c.id desc) as place
        from audit c
        where c.kind in ('internal', 'stage1', 'stage2', 'surveillance', 'recertification', 'special')
          and c.status in ('reported', 'closed') and c.ended_on <= as_of()
      ) b
      where b.place = 1)
    and not exists (
      select 1
      from audit n
      join (select record, value as item from audit__scope_clauses
            union
            select record, 'A.' || replace(value, 'A.', '') from audit__scope_controls) l on l.record = n.id
      where n.id <> a.id and n.status <> 'cancelled'
        and coalesce(n.started_on, n.planned_start) >= f.raised_on
        and coalesce(n.started_on, n.planned_start) <= add_days(f.raised_on, 365)
        and (q.item = l.item or q.item like l.item || '.%'))
) x
where not g.considers_importance or not g.considers_previous_results or x.areas is not null
