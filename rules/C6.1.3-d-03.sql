-- id: C6.1.3-d-03
-- title: An applicable control has no justification for its inclusion
-- ref: 6.1.3 d
-- stages: internal stage1
-- class: minor
-- subject: soa_entry
-- why: Each inclusion has to be explained, or the SoA cannot be traced to needs. Minor; when at least three and more than 20 % of the
--   applicable lines are affected it becomes major.
-- fix: Say why the control is necessary and name the ground: risk, law, contract or business.
-- escalation: E2
-- population: select count(*) from current_soa_entry where applicability = 'applicable'
select 'soa_entry' as kind, e.id as subject,
       'Control ' || coalesce(e.control_ref, 'unnamed') || ' is applicable without '
       || case when blank(e.inclusion_justification) and not exists (select 1 from soa_entry__inclusion_reasons x where x.record = e.id) then 'justification and ground.'
               when blank(e.inclusion_justification) then 'justification.' else 'a ground.' end as detail
from current_soa_entry e
where e.applicability = 'applicable'
  and (blank(e.inclusion_justification) or not exists (select 1 from soa_entry__inclusion_reasons x where x.record = e.id))
