-- id: C9.3.3-04
-- title: Top management has not decided explicitly that the organisation is ready for certification.
-- ref: 9.3.3
-- stages: stage1
-- class: ofi
-- subject: ORG
-- why: Not required by the standard; going to Stage 1 without the decision makes the date the driver. OFI; observation when the decision was "not ready"
--   and Stage 1 stands unchanged.
-- fix: Take the decision in management review and minute it.
select 'organisation' as kind, 'ORG' as subject,
       'Stage 1 is set for ' || x.held_on || '; '
         || case when x.review_on is null then 'no management review was held before it.'
                 when x.decision = 'not_ready' then 'the review of ' || x.review_on || ' decided "not ready".'
                 else 'the review of ' || x.review_on || ' took no decision on readiness.' end as detail,
       case when x.decision = 'not_ready' then 'observation' end as class
from (
  select s.held_on, r.held_on as review_on, r.readiness_decision as decision
  from stage1_audit s
  left join management_review r on r.id = (
    select q.id from held_review q where q.held_on <= s.held_on order by q.held_on desc, q.id desc limit 1)
  where s.held_on <= add_days(as_of(), 60) and not exists (select 1 from certificate)
) x
where coalesce(x.decision, 'none') <> 'ready'
