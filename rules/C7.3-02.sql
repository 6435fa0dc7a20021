-- id: C7.3-02
-- title: The awareness content omits a required subject.
-- ref: 7.3 a, 7.3 b, 7.3 c
-- stages: internal stage1
-- class: minor
-- subject: training_course
-- why: People must know the policy, what they contribute and what happens if they do not. Minor.
-- fix: Extend the course, or add another for all staff.
select 'training_course' as kind, x.id as subject, 'Course "' || x.title || '" for all staff and every other one omit: ' || substr(x.faults, 3) || '.' as detail
from (
  select c.id, c.title,
         case when not c.covers_policy and y.policy = 0 then ', the policy' else '' end
         || case when not c.covers_contribution and y.contribution = 0 then ', the own contribution' else '' end
         || case when not c.covers_consequences and y.consequences = 0 then ', the consequences of not conforming' else '' end as faults
  from training_course c
  cross join (
    select count(*) filter (where d.covers_policy) as policy, count(*) filter (where d.covers_contribution) as contribution, count(*) filter (where d.covers_consequences) as consequences
    from training_course d
    where exists (select 1 from training_course__roles l where l.record = d.id and l.value = 'all')
  ) y
  where exists (select 1 from training_course__roles l where l.record = c.id and l.value = 'all')
) x
where x.faults <> ''
