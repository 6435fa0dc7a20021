-- id: C7.5.3-01
-- title: Superseded documents are still offered, or two versions are in force.
-- ref: 7.5.3 a
-- stages: internal stage2 surveillance
-- class: minor
-- subject: document
-- why: People follow the copy they find. Minor.
-- fix: Withdraw the old version from every place where it is offered.
select 'document' as kind, x.id as subject,
       'Document "' || x.title || '":'
         || substr(case when x.effective > 1 then ', ' || cast(x.effective as text) || ' versions are in force (' || x.labels || ')' else '' end
           || coalesce(', still offered: ' || x.offered, ''), 2) || '.' as detail
from (
  select d.id, d.title, count(*) filter (where v.status = 'effective') as effective,
         text_list(case when v.status = 'effective' then v.version end) as labels,
         text_list(case when v.status in ('superseded', 'retired') and exists (select 1 from document_version__published_at l where l.record = v.id)
                        then 'version ' || v.version || ' (' || v.status || ')' end) as offered
  from document d
  join document_version v on v.document = d.id
  group by d.id, d.title
) x
where x.effective > 1 or x.offered is not null
