-- id: C6.1.1-01
-- title: Risks and opportunities of the ISMS itself are not planned for
-- ref: 6.1.1
-- stages: internal stage1
-- class: minor
-- subject: ORG
-- why: Context is determined so that something follows from it. Minor.
-- fix: Derive risks and opportunities from context and requirements, and plan actions with their evaluation.
select 'organisation' as kind, 'ORG' as subject,
       'None of the ' || cast((select count(*) from context_issue c where c.relevant) as text)
       || ' relevant issues leads to a risk, and no improvement is recorded.' as detail
where not exists (select 1 from context_issue c join context_issue__linked_risks l on l.record = c.id where c.relevant)
  and not exists (select 1 from improvement_item)
  and not exists (select 1 from review_decision q where q.kind = 'improvement')
