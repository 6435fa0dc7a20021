-- id: A8.32-01
-- title: A change was made without approval, assessment, fallback or later review.
-- ref: A.8.32
-- stages: internal stage2 surveillance
-- class: minor
-- subject: change
-- why: Most outages are changes. Minor; one level up when more than 20 % of the changes of the year are concerned. Standard changes are approved
--   beforehand and exempt.
-- fix: Use the change procedure; review emergencies within ten days.
-- escalation: E2
-- population: select count(*) from change c left join system s on s.id = c.system where coalesce(s.in_scope, true) and c.implemented_on <= as_of() and
--   (c.kind = 'emergency' or (c.kind in ('normal', 'release') and c.implemented_on >= add_days(as_of(), -365)))
select 'change' as kind, x.id as subject, 'Change "' || x.title || '" (' || x.kind || ') of ' || x.implemented_on || ': ' || substr(x.faults, 3) || '.' as detail
from (
  select c.id, c.title, c.kind, c.implemented_on,
         case when c.kind = 'emergency'
              then case when c.retrospective_review_on is null and c.implemented_on < add_days(as_of(), -p('emergency_review_days')) then ', not reviewed afterwards' else '' end
              when c.implemented_on >= add_days(as_of(), -365)
              then case when c.approved_by is null then ', approved by nobody' else '' end
                || case when c.approved_on > c.implemented_on then ', approved only on ' || c.approved_on else '' end
                || case when not c.risk_assessed then ', risk not assessed' else '' end
                || case when not c.rollback_plan then ', no fallback' else '' end
              else '' end as faults
  from change c
  left join system s on s.id = c.system
  where c.kind in ('normal', 'release', 'emergency') and c.implemented_on <= as_of() and coalesce(s.in_scope, true)
) x
where x.faults <> ''
