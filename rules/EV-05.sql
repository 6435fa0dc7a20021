-- id: EV-05
-- title: Evidence has been altered, or its dates cannot be right
-- ref: 7.5.3
-- stages: internal stage2 surveillance
-- class: major
-- subject: evidence
-- judges: each record alone
-- why: A record that changed after it was collected proves nothing and casts doubt on the rest. Major for an altered record; minor for an
--   implausible date.
-- fix: Restore the record from its source and find out what happened.
select 'evidence' as kind, e.id as subject,
       'Evidence ' || e.id || ' (' || replace(coalesce(e.kind, 'unknown'), '_', ' ') || '): '
       || substr(case when e.content_hash <> e.stored_hash then '; its content has changed since it was collected' else '' end
                 || case when e.collected_on < e.period_end and e.kind <> 'certificate'
                         then '; collected on ' || e.collected_on || ', before its period ended on ' || e.period_end else '' end
                 || case when e.period_start > e.period_end then '; the period starts on ' || e.period_start || ' and ends on ' || e.period_end else '' end
                 || case when e.collected_on > as_of() then '; collected on ' || e.collected_on || ', which is still to come' else '' end, 3) || '.' as detail,
       case when e.content_hash = e.stored_hash then 'minor' end as class
from evidence e
where e.content_hash <> e.stored_hash
   or (e.collected_on < e.period_end and e.kind <> 'certificate')
   or e.period_start > e.period_end
   or e.collected_on > as_of()
