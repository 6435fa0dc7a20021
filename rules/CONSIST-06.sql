-- id: CONSIST-06
-- title: The treatment decision contradicts the record
-- ref: 6.1.2, 6.1.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk
-- why: A retained risk with actions, an accepted one still being treated without a date, a closed one with open work: one of the two is
--   wrong. Minor; observation when the open actions only monitor.
-- fix: Align decision, status and plan.
with doing as (
  select a.risk, count(*) as n,
         sum(case when ' ' || words(a.description) like '% monitor%' or ' ' || words(a.description) like '% observ%' or ' ' || words(a.description) like '% watch%'
                  then 1 else 0 end) as watching,
         text_list('"' || coalesce(a.description, 'unnamed') || '"') as names
  from open_action a
  group by a.risk
)
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" is '
       || case when r.status = 'closed' then 'closed' || coalesce(' since ' || r.closed_on, '')
               when r.treatment = 'retain' then 'to be retained'
               else 'accepted at residual level ' || r.residual_text || ' (threshold ' || r.threshold_text || ') without an acceptance that ends' end
       || ', but actions are open: ' || d.names || '.' as detail,
       case when d.watching = d.n then 'observation' end as class
from risk_measure r
join doing d on d.risk = r.id
where r.treatment = 'retain'
   or (r.status = 'accepted' and r.above_threshold and r.treatment = 'modify'
       and not exists (select 1 from risk_acceptance x where x.risk = r.id and x.status = 'valid' and x.expires_on is not null))
   or r.status = 'closed'
