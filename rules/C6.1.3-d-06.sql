-- id: C6.1.3-d-06
-- title: A control is excluded although the facts show that it is needed or in use
-- ref: 6.1.3 d
-- stages: gap internal stage1 stage2 surveillance
-- class: major
-- subject: soa_entry
-- why: An SoA that contradicts the organisation's own records misleads whoever relies on it. Major; minor for physical controls where the
--   only physical site is a single office.
-- fix: Make the control applicable, give reasons and status, and treat the risk.
-- note: 8.30 is judged by outsourced development alone, not by the own code that 8.25 to 8.29 and 8.31 are judged by. A process counts as
--   development by its name. Whether an office is serviced is not recorded: one single office counts as such.
with fact(topic, holds) as (
  select 'source code or releases in scope',
         case when exists (select 1 from code_repository q join system s on s.id = q.system where s.in_scope)
                or exists (select 1 from change h join system s on s.id = h.system where h.kind = 'release' and s.in_scope) then 1 else 0 end
  union all
  select 'suppliers in scope', case when exists (select 1 from supplier s where s.in_scope and s.status <> 'ended') then 1 else 0 end
  union all
  select 'cloud services in scope', case when exists (select 1 from supplier s where s.in_scope and s.cloud_service and s.status <> 'ended') then 1 else 0 end
  union all
  select 'outsourced development',
         case when exists (select 1 from process p where p.in_scope and p.externally_provided_by is not null
                           and (words(p.name) like '%develop%' or words(p.name) like '%programming%' or words(p.name) like '%software%')) then 1 else 0 end
  union all
  select 'people who work remotely', case when exists (select 1 from live_person p where p.in_scope and p.works_remotely) then 1 else 0 end
  union all
  select 'a physical site in scope', case when exists (select 1 from open_site s where s.kind <> 'virtual') then 1 else 0 end
  union all
  select 'personal data in assets', case when exists (select 1 from live_asset a where a.personal_data) then 1 else 0 end
  union all
  select 'production data in systems for development or test', case when exists (select 1 from system s where s.in_scope and s.uses_production_data) then 1 else 0 end
  union all
  select 'confidential data stored or carried',
         case when exists (select 1 from data_store d join system s on s.id = d.system where s.in_scope and d.classification in ('confidential', 'restricted'))
                or exists (select 1 from tls_endpoint t join system s on s.id = t.system where s.in_scope and t.carries_sensitive) then 1 else 0 end
), trigger_fact(ref, topic) as (
  select v.column1, v.column2
  from (values
    ('8.4', 'source code or releases in scope'), ('8.25', 'source code or releases in scope'), ('8.26', 'source code or releases in scope'),
    ('8.27', 'source code or releases in scope'), ('8.28', 'source code or releases in scope'), ('8.29', 'source code or releases in scope'),
    ('8.31', 'source code or releases in scope'), ('8.30', 'outsourced development'),
    ('5.19', 'suppliers in scope'), ('5.20', 'suppliers in scope'), ('5.21', 'suppliers in scope'), ('5.22', 'suppliers in scope'),
    ('5.23', 'cloud services in scope'), ('6.7', 'people who work remotely'), ('5.34', 'personal data in assets'),
    ('8.33', 'production data in systems for development or test'), ('8.24', 'confidential data stored or carried')) as v
  union all
  select a.ref, 'a physical site in scope' from annex_a_ref a where a.ref like '7.%'
), judged as (
  select e.id, e.control_ref,
         (select text_list(coalesce(r.title, 'unnamed')) from soa_entry__linked_risks l join risk r on r.id = l.value where l.record = e.id) as risks,
         (select text_list(coalesce(o.title, 'unnamed')) from soa_entry__linked_obligations l join obligation o on o.id = l.value where l.record = e.id) as obligations,
         (select c.title from control c where c.id = e.control and c.status = 'implemented') as in_use,
         (select f.topic from trigger_fact t join fact f on f.topic = t.topic where t.ref = e.control_ref and f.holds = 1) as topic
  from current_soa_entry e
  where e.applicability = 'excluded'
)
select 'soa_entry' as kind, j.id as subject,
       'Control ' || coalesce(j.control_ref, 'unnamed') || ' is excluded, but '
       || substr(coalesce('; risks are linked: ' || j.risks, '') || coalesce('; obligations are linked: ' || j.obligations, '')
                 || coalesce('; "' || j.in_use || '" is implemented', '') || coalesce('; the records show ' || j.topic, ''), 3) || '.' as detail,
       case when j.control_ref like '7.%' and j.risks is null and j.obligations is null and j.in_use is null
             and (select count(*) from open_site s where s.kind <> 'virtual') = 1
             and exists (select 1 from open_site s where s.kind = 'office') then 'minor' end as class
from judged j
where j.risks is not null or j.obligations is not null or j.in_use is not null or j.topic is not null
