-- id: C4.4-01
-- title: The processes the ISMS needs, or their interactions, are not established
-- ref: 4.4
-- stages: internal stage1
-- class: minor
-- subject: ORG
-- why: An ISMS is a set of processes that feed each other. Minor up to three missing processes or for incomplete ones; major beyond.
-- fix: Describe each process with its owner, inputs, outputs and interactions.
with missing as (
  select t.isms_type from isms_process_type t
  where not exists (select 1 from process q where q.kind = 'isms' and q.isms_type = t.isms_type)
), weak as (
  select coalesce(q.name, q.id) || case when not exists (select 1 from process__interactions l where l.record = q.id) then ' (no interactions)' else '' end
         || case when not exists (select 1 from live_person o where o.id = q.owner) then ' (owner no longer there)' else '' end as text
  from process q
  join isms_process_type t on t.isms_type = q.isms_type
  where q.kind = 'isms'
    and (not exists (select 1 from process__interactions l where l.record = q.id) or not exists (select 1 from live_person o where o.id = q.owner))
)
select 'organisation' as kind, 'ORG' as subject,
       'Processes of the ISMS: ' || substr(case when exists (select 1 from missing)
                   then '; ' || cast((select count(*) from missing) as text) || ' missing: ' || (select text_list(replace(m.isms_type, '_', ' ')) from missing m) else '' end
              || case when exists (select 1 from weak) then '; incomplete: ' || (select text_list(coalesce(w.text, 'unnamed')) from weak w) else '' end, 3) || '.' as detail,
       case when (select count(*) from missing) > 3 then 'major' end as class
where exists (select 1 from missing) or exists (select 1 from weak)
