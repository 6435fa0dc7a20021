-- id: CONSIST-09
-- title: Records look as if they were made for the audit
-- ref: 7.5.3, 9.1
-- stages: internal stage2 surveillance
-- class: observation
-- subject: ORG
-- why: Approvals and trainings of a living system are spread over the year. Observation; minor for dates that cannot be true.
-- fix: Run the processes all year round, and explain the dates in question.
-- note: Each kind of record is counted by itself and needs at least 30 in the year.
with moment as materialized (
  select add_days(m.day, -5) as from_day, add_days(m.day, -m.nearest) as to_day
  from (
    select coalesce(a.started_on, a.planned_start) as day, 1 as nearest
    from audit a
    where a.kind in ('stage1', 'stage2', 'surveillance', 'recertification', 'special', 'follow_up') and a.status <> 'cancelled'
    union
    select as_of(), 0
  ) m
), made as (
  select 'approvals of documents' as what, v.approved_on as day from document_version v
  union all
  select 'acknowledgements', k.acknowledged_on from acknowledgement k
  union all
  select 'training completions', t.completed_on from training_assignment t
  union all
  select 'access reviews', w.completed_on from access_review w
), counted as (
  select m.what, count(*) as n,
         sum(case when exists (select 1 from moment x where m.day between x.from_day and x.to_day) then 1 else 0 end) as late
  from made m
  where m.day <= as_of() and m.day >= (select add_days(as_of(), -365))
  group by m.what
), suspicious as (
  select c.what, c.n, c.late from counted c where c.n >= 30 and 100 * c.late > 40 * c.n
), impossible as (
  select coalesce(d.code, d.id) || ' version ' || coalesce(v.version, '?') || ' (approved ' || v.approved_on || ', created ' || v.created_on || ')' as text
  from document_version v join document d on d.id = v.document
  where v.approved_on < v.created_on
)
select 'organisation' as kind, 'ORG' as subject,
       'Dates: ' || substr(case when exists (select 1 from suspicious)
                   then '; within the five days before an external audit or today: '
                        || (select text_list(cast(s.late as text) || ' of ' || cast(s.n as text) || ' ' || s.what) from suspicious s) else '' end
              || case when exists (select 1 from impossible)
                   then '; approved before they were created: ' || (select text_list(coalesce(i.text, 'unnamed')) from impossible i) else '' end, 3) || '.' as detail,
       case when exists (select 1 from impossible) then 'minor' end as class
where exists (select 1 from suspicious) or exists (select 1 from impossible)
