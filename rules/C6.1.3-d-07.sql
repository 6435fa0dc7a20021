-- id: C6.1.3-d-07
-- title: A line of the SoA claims a ground that nothing is linked to
-- ref: 6.1.3 d
-- stages: internal stage1 stage2
-- class: minor
-- subject: soa_entry
-- why: Who says a control is there because of a risk or a law has to name it. Observation up to 5 % of the applicable lines; minor above.
-- fix: Link the risks or obligations, or correct the ground.
select 'soa_entry' as kind, e.id as subject,
       'Control ' || coalesce(e.control_ref, 'unnamed') || ' is included because of '
       || substr(case when e.no_risk = 1 then ' and a risk, but no risk that is open or planned is linked' else '' end
                 || case when e.no_obligation = 1 then ' and a law or contract, but no obligation is linked' else '' end, 6) || '.' as detail,
       case when 20 * count(*) over () > (select count(*) from current_soa_entry x where x.applicability = 'applicable') then 'minor' else 'observation' end as class
from (
  select y.id, y.control_ref,
         case when exists (select 1 from soa_entry__inclusion_reasons x where x.record = y.id and x.value = 'risk')
               and not exists (select 1 from soa_entry__linked_risks l join risk r on r.id = l.value where l.record = y.id and r.status <> 'closed')
              then 1 else 0 end as no_risk,
         case when exists (select 1 from soa_entry__inclusion_reasons x where x.record = y.id and x.value in ('legal', 'contractual'))
               and not exists (select 1 from soa_entry__linked_obligations l where l.record = y.id)
              then 1 else 0 end as no_obligation
  from current_soa_entry y
  where y.applicability = 'applicable'
) e
where e.no_risk = 1 or e.no_obligation = 1
