-- id: CONSIST-08
-- title: Documents state different values for the same threshold
-- ref: 7.5.3, 8.1
-- stages: internal stage1 stage2
-- class: minor
-- subject: parameter, system, process
-- why: People follow the document they know; two values mean two rules. Minor.
-- fix: Decide on one value and correct the other document or record.
-- note: The subject of the first case is the key of the parameter, which is no record. A value is in force once it is approved and its day has come,
--   until another of the same document follows it; what is proposed or declined is none. Values of different documents stand beside each other: people
--   read both. Plans whose document version is not in force are left out.
with stated as (
  select q.key, q.value, coalesce(d.code, d.id) || ' version ' || coalesce(v.version, '?') || ' says '
         || case when q.value = cast(q.value as bigint) then cast(cast(q.value as bigint) as text) else cast(q.value as text) end || coalesce(' ' || q.unit, '') as text
  from (
    select y.*, row_number() over (partition by y.key, y.source order by y.effective_on desc, y.id desc) as place
    from policy_parameter y
    where y.approved_by is not null and y.effective_on <= as_of()
  ) q
  join effective_version v on v.id = q.source
  join document d on d.id = v.document
  where q.place = 1
), plan as (
  select c.id, c.kind, c.rto_hours, c.rpo_hours
  from continuity_plan c
  where c.document_version is null or exists (select 1 from effective_version v where v.id = c.document_version)
)
select 'parameter' as kind, s.key as subject, 'The value of "' || s.key || '" differs: ' || text_list(coalesce(s.text, 'unnamed')) || '.' as detail
from stated s
group by s.key
having min(s.value) <> max(s.value)
union all
select 'system', y.id,
       'System "' || coalesce(y.name, 'unnamed') || '" has recovery time ' || coalesce(case when y.rto_hours = cast(y.rto_hours as bigint) then cast(cast(y.rto_hours as bigint) as text) else cast(y.rto_hours as text) end || ' h', 'none') || ' and recovery point '
       || coalesce(case when y.rpo_hours = cast(y.rpo_hours as bigint) then cast(cast(y.rpo_hours as bigint) as text) else cast(y.rpo_hours as text) end || ' h', 'none') || '; other values in its continuity plan: '
       || text_list(x.id || ' (' || coalesce(case when x.rto_hours = cast(x.rto_hours as bigint) then cast(cast(x.rto_hours as bigint) as text) else cast(x.rto_hours as text) end || ' h', 'none') || ', '
                    || coalesce(case when x.rpo_hours = cast(x.rpo_hours as bigint) then cast(cast(x.rpo_hours as bigint) as text) else cast(x.rpo_hours as text) end || ' h', 'none') || ')') || '.'
from system y
join continuity_plan__systems l on l.value = y.id
join plan x on x.id = l.record
where y.rto_hours <> x.rto_hours or y.rpo_hours <> x.rpo_hours
group by y.id, y.name, y.rto_hours, y.rpo_hours
union all
select 'process', q.id,
       'Process "' || coalesce(q.name, 'unnamed') || '" tolerates ' || case when q.mtpd_hours = cast(q.mtpd_hours as bigint) then cast(cast(q.mtpd_hours as bigint) as text) else cast(q.mtpd_hours as text) end || ' h of disruption, but depends on: '
       || text_list(coalesce(y.name, y.id) || ' (recovery time ' || case when y.rto_hours = cast(y.rto_hours as bigint) then cast(cast(y.rto_hours as bigint) as text) else cast(y.rto_hours as text) end || ' h)') || '.'
from process q
join continuity_plan__processes lp on lp.value = q.id
join plan x on x.id = lp.record
join continuity_plan__systems ls on ls.record = x.id
join system y on y.id = ls.value
where q.mtpd_hours < y.rto_hours
group by q.id, q.name, q.mtpd_hours
