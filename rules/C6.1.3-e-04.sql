-- id: C6.1.3-e-04
-- title: A treatment action is reported done without proof
-- ref: 8.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: treatment_action
-- why: Done means shown. Minor.
-- fix: Attach the evidence, have somebody else accept it, and record the day of completion.
select 'treatment_action' as kind, a.id as subject,
       'Action "' || coalesce(a.description, 'unnamed') || '" is reported done'
       || case when a.completed_on is null then ', without a day of completion' else ' on ' || a.completed_on end
       || case when not exists (select 1 from treatment_action__evidence x where x.record = a.id) then ', without evidence'
               when not exists (select 1 from treatment_action__evidence x join evidence e on e.id = x.value where x.record = a.id and e.review_status = 'accepted')
               then ', with evidence nobody accepted' else '' end || '.' as detail
from treatment_action a
where a.status = 'done'
  and (a.completed_on is null
       or not exists (select 1 from treatment_action__evidence x join evidence e on e.id = x.value where x.record = a.id and e.review_status = 'accepted'))
