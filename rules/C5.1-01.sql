-- id: C5.1-01
-- title: Top management shows no demonstrable leadership of the ISMS
-- ref: 5.1
-- stages: internal stage1 stage2 surveillance
-- class: major
-- subject: ORG
-- why: Without its top the management system cannot reach its results. Always major. Looked for in the last 365 days: a review chaired, a
--   policy approved, resources decided, a scope approved.
-- fix: Put the ISMS on the agenda of top management: review, resources, policy, scope.
-- note: A decision on resources is dated by the review that took it.
select 'organisation' as kind, 'ORG' as subject,
       'Since ' || add_days(as_of(), -365) || ' top management has chaired no review, approved no policy and no scope, and no resources were decided'
       || coalesce('; the last review at all was held on ' || (select max(m.held_on) from management_review m where m.held_on <= as_of()), '') || '.' as detail
where not exists (
    select 1 from management_review m join person c on c.id = m.chair
    where c.is_top_management and m.held_on <= as_of() and days_between(m.held_on, as_of()) <= 365)
  and not exists (
    select 1 from document_version v join document d on d.id = v.document join person a on a.id = v.approved_by
    where d.kind in ('policy', 'topic_policy') and a.is_top_management and v.approved_on <= as_of() and days_between(v.approved_on, as_of()) <= 365)
  and not exists (
    select 1 from review_decision q join management_review m on m.id = q.review
    where q.kind = 'resource' and m.held_on <= as_of() and days_between(m.held_on, as_of()) <= 365)
  and not exists (
    select 1 from scope_statement s join person a on a.id = s.approved_by
    where a.is_top_management and s.approved_on <= as_of() and days_between(s.approved_on, as_of()) <= 365)
