-- id: C6.1.3-c-01
-- title: The controls determined were not compared with Annex A
-- ref: 6.1.3 c
-- stages: internal stage1
-- class: minor
-- subject: ORG
-- why: The comparison is the safeguard against a forgotten control. Minor.
-- fix: Give every control that treats a risk a line in the SoA, and record the assessment the SoA rests on.
-- note: While no SoA is approved, lines of a draft count.
with line as (
  select e.control from current_soa_entry e
  union
  select e.control from soa_entry e where not exists (select 1 from current_soa)
), used as (
  select x.value as control from risk__controls x join open_risk r on r.id = x.record
  union
  select a.control from treatment_action a where a.control is not null and a.status <> 'cancelled'
), lost as (
  select c.id, c.title from used u join control c on c.id = u.control
  where not exists (select 1 from line l where l.control = u.control)
)
select 'organisation' as kind, 'ORG' as subject,
       'Comparison with Annex A: ' || substr(case when exists (select 1 from lost) then '; controls that treat a risk but have no line in the SoA: ' || (select text_list(coalesce(l.title, 'unnamed')) from lost l) else '' end
              || coalesce((select '; version ' || cast(s.version as text) || ' of the SoA names no risk assessment it rests on'
                           from current_soa s where s.run is null), ''), 3) || '.' as detail
where exists (select 1 from lost) or exists (select 1 from current_soa s where s.run is null)
