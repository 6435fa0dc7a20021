-- id: AUD-10
-- title: The internal audit rests on documents and interviews instead of sampled records.
-- ref: 9.2.1 b
-- stages: internal stage2 surveillance
-- class: minor
-- subject: audit
-- why: What people say and what they do differ; only records and observation show which. Minor; before the first certificate major when no record was
--   sampled at all.
-- fix: Repeat the audit of the areas with samples of records and with observation.
select 'audit' as kind, x.id as subject,
       'Internal audit of ' || x.day || ': '
         || case when x.samples = 0 then 'no sample was recorded.'
                 when x.deep = 0 then 'every sample (' || cast(x.samples as text) || ') rests on documents and interviews alone.'
                 else 'samples that drew nothing although there was something to draw: ' || cast(x.empty as text) || ' of ' || cast(x.samples as text) || '.' end as detail,
       case when x.records = 0 and not exists (select 1 from certificate) then 'major' end as class
from (
  select a.id, coalesce(a.started_on, a.planned_start) as day,
         count(s.id) as samples,
         count(s.id) filter (where exists (select 1 from audit_sample__techniques t where t.record = s.id and t.value not in ('document_review', 'interview'))) as deep,
         count(s.id) filter (where exists (select 1 from audit_sample__techniques t where t.record = s.id and t.value = 'record_sampling')) as records,
         count(s.id) filter (where s.sampled = 0 and s.population > 0) as empty
  from internal_audit_done a
  left join audit_sample s on s.audit = a.id
  group by a.id, coalesce(a.started_on, a.planned_start)
) x
where x.deep = 0 or x.empty * 2 > x.samples
