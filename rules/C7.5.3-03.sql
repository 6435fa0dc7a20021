-- id: C7.5.3-03
-- title: Retention is not set, or a version was destroyed too early.
-- ref: 7.5.3 f, A.5.33
-- stages: internal stage2 surveillance
-- class: minor
-- subject: document
-- why: The audit of next year asks for the version of this year. Observation when only unset, minor when destroyed early, major when the version was
--   mandatory information of the running cycle.
-- fix: Set retention, at least one certification cycle.
-- note: A destroyed version is needed to show conformity when its document fulfils a mandatory reference and it took effect within the audit cycle.
select 'document' as kind, x.id as subject,
       'Document "' || x.title || '":' || substr(case when x.unset then ', no retention set' else '' end || coalesce(', destroyed before ' || cast(x.retention_days as text) || ' days: ' || x.early, ''), 2) || '.' as detail,
       case when x.early is null then 'observation' when x.needed > 0 then 'major' end as class
from (
  select d.id, d.title, d.retention_days,
         case when d.retention_days is null and d.kind in ('policy', 'methodology', 'soa', 'rtp', 'report', 'register') then true else false end as unset,
         text_list(case when v.destroyed_on < add_days(v.effective_on, d.retention_days) then 'version ' || v.version || ' on ' || v.destroyed_on end) as early,
         count(*) filter (where v.destroyed_on < add_days(v.effective_on, d.retention_days) and not blank(d.mandatory_ref) and v.effective_on >= add_days(as_of(), -p('audit_cycle_days'))) as needed
  from document d
  left join document_version v on v.document = d.id
  group by d.id, d.title, d.retention_days, d.kind
) x
where x.unset or x.early is not null
