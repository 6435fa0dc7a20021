-- id: C8.1-01
-- title: A process of the ISMS runs without established criteria.
-- ref: 8.1
-- stages: internal stage1 stage2
-- class: minor
-- subject: process
-- why: Without criteria nobody can say whether it ran well. Minor; major when three or more processes lack them.
-- fix: Write the criteria and control the process by them.
select 'process' as kind, r.id as subject,
       'Process "' || r.name || '" ' || case when r.criteria_document is null then 'names no criteria.' else 'points to "' || coalesce((select d.title from document d where d.id = r.criteria_document), r.criteria_document) || '", which is not in force.' end as detail,
       case when count(*) over () >= 3 then 'major' end as class
from process r
where r.kind = 'isms' and r.in_scope
  and not exists (select 1 from live_document d where d.id = r.criteria_document)
