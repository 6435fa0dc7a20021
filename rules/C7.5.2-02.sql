-- id: C7.5.2-02
-- title: A document in force is past its review date.
-- ref: 7.5.2, A.5.1
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: document
-- why: A text nobody has looked at for a year describes last year's organisation. Minor for policies, methodology and plans, observation for others; one
--   level up when more than 20 % of the documents are late.
-- fix: Review the document, confirm it or revise it, and set the next date.
-- escalation: E2 20%
-- population: select count(*) from live_document d where not d.external_origin
select 'document' as kind, x.id as subject,
       case when x.next_review_on is not null
            then 'Document "' || x.title || '" was due for review on ' || x.next_review_on || ', ' || cast(days_between(x.next_review_on, as_of()) as text) || case when days_between(x.next_review_on, as_of()) = 1 then ' day' else ' days' end || ' ago.'
            else 'Document "' || x.title || '" was last reviewed or approved on ' || x.looked_on || ' and has no review date.' end as detail,
       case when x.kind not in ('policy', 'topic_policy', 'methodology', 'plan', 'rtp') then 'observation' end as class
from (
  select d.id, d.title, d.kind, d.next_review_on,
         case when d.last_reviewed_on is null and d.approved_on is null then d.created_on
              when d.approved_on is null or d.last_reviewed_on > d.approved_on then d.last_reviewed_on
              else d.approved_on end as looked_on
  from live_document d
  where not d.external_origin
) x
where x.next_review_on < add_days(as_of(), -p('review_grace_days'))
   or (x.next_review_on is null and days_between(x.looked_on, as_of()) > p('doc_review_days') + p('review_grace_days'))
