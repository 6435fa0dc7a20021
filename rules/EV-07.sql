-- id: EV-07
-- title: Evidence covers only some of the sites or systems where the control must operate
-- ref: 8.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: control
-- why: What works at one place says nothing about the others. Minor; major when a whole site lacks evidence for two or more controls.
-- fix: Extend the operation or the collection to the places left out. Evidence that names neither site nor system counts for all.
-- judges: each record among those found
-- through: evidence.controls soa_entry.control
-- note: Judged when at least one accepted piece lies within the window; otherwise EV-01 or EV-02 speaks. A valid exception on the control
--   itself silences the rule.
with span as materialized (
  select c.id, add_days(as_of(), -coalesce(w.window_days, 365)) as since
  from claimed_control c
  join control_window w on w.control = c.id
  where asked(c.id) and not exists (select 1 from waived x where x.subject = c.id)
    and (exists (select 1 from control__sites l where l.record = c.id) or exists (select 1 from control__systems l where l.record = c.id))
), piece as materialized (
  select l.value as control, e.id, e.period_end
  from evidence__controls l
  cross join evidence e
  where asked(l.value) and e.id = l.record and e.review_status = 'accepted' and e.period_end >= (select min(f.since) from span f)
), recent as materialized (
  select c.id as control, e.id as evidence,
         case when not exists (select 1 from evidence__sites s where s.record = e.id) and not exists (select 1 from evidence__systems y where y.record = e.id)
              then 1 else 0 end as everywhere
  from span c
  join piece e on e.control = c.id and e.period_end >= c.since
), partial as (
  select r.control from recent r group by r.control having max(r.everywhere) = 0
), lost as (
  select p.control, 'site' as place, s.id, s.name
  from partial p
  join control__sites l on l.record = p.control
  join open_site s on s.id = l.value
  where not exists (select 1 from recent r join evidence__sites e on e.record = r.evidence where r.control = p.control and e.value = s.id)
  union
  select p.control, 'system', y.id, y.name
  from partial p
  join control__systems l on l.record = p.control
  join system y on y.id = l.value and y.in_scope
  where not exists (select 1 from recent r join evidence__systems e on e.record = r.evidence where r.control = p.control and e.value = y.id)
), dark_site as (
  select l.id from lost l where l.place = 'site' group by l.id having count(*) >= 2
)
select 'control' as kind, c.id as subject,
       'The current evidence of control "' || coalesce(c.title, 'unnamed') || '" covers no: ' || text_list(l.place || ' ' || coalesce(l.name, 'unnamed')) || '.' as detail,
       case when max(case when d.id is not null then 1 else 0 end) = 1 then 'major' end as class
from lost l
join control c on c.id = l.control
left join dark_site d on d.id = l.id and l.place = 'site'
group by c.id, c.title
