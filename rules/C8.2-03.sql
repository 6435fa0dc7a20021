-- id: C8.2-03
-- title: A risk is past its review date.
-- ref: 8.2, 6.1.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk
-- why: A score nobody has looked at any more is a memory, not an assessment. Minor; one level up when more than 20 % of the open risks are late.
-- fix: Review the risk with its owner, confirm or change the scores, set the next date.
-- escalation: E2 20%
-- population: select count(*) from open_risk
select 'risk' as kind, r.id as subject,
       case when r.next_review_on is not null then 'Risk "' || r.title || '" was due for review on ' || r.next_review_on || ', ' || cast(days_between(r.next_review_on, as_of()) as text) || case when days_between(r.next_review_on, as_of()) = 1 then ' day' else ' days' end || ' ago.'
            else 'Risk "' || r.title || '" was assessed on ' || r.assessed_on || ' and has no review date.' end as detail
from open_risk r
where r.next_review_on < add_days(as_of(), -p('review_grace_days'))
   or (r.next_review_on is null and r.assessed_on < add_days(as_of(), -p('risk_review_days')))
