-- id: A6.3-02
-- title: A person with special duties lacks the training for the role.
-- ref: A.6.3, 7.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: person
-- why: Those who can break most must know best. Minor; observation for one person in a larger group.
-- fix: Assign the course and have it completed.
-- note: Developers, incident handlers and OT engineers are known by their job title, administrators by an enabled privileged account. A course fits when
--   its roles name the role or its subject. The grace of newcomers applies. A larger group has three or more people of the role.
select 'person' as kind, y.id as subject, y.name || ' (' || y.job_title || ') lacks current training as: ' || text_list(y.role) || '.' as detail,
       case when min(y.group_size) >= 3 and max(y.failing) = 1 then 'observation' end as class
from (
  select x.*, count(*) over (partition by x.role) as group_size, sum(case when x.trained then 0 else 1 end) over (partition by x.role) as failing
  from (
    select h.id, h.name, h.job_title, t.role,
           case when y.person is not null then true else false end as trained
    from available_person h
    cross join role_training t
    left join (
      select a.person, k.role
      from training_assignment a
      join training_course c on c.id = a.course
      join training_course__roles l on l.record = c.id
      join role_training k on lower(l.value) in (lower(k.role), lower(k.course))
      where a.completed_on <= as_of() and a.completed_on >= add_days(as_of(), -c.validity_days)
      group by a.person, k.role
    ) y on y.person = h.id and y.role = t.role
    where h.in_scope and h.start_date < add_days(as_of(), -p('newstarter_training_days'))
      and case t.role
            when 'developer' then ' ' || words(h.job_title) || ' ' like '% developer %'
            when 'incident handler' then ' ' || words(h.job_title) || ' ' like '% incident %'
            when 'ot engineer' then ' ' || words(h.job_title) || ' ' like '% ot %'
            when 'administrator' then ' ' || words(h.job_title) || ' ' like '% administrator %'
              or h.id in (select a.person from account a where a.privileged and a.disabled_at is null and a.person is not null)
            else false end
  ) x
) y
where not y.trained
group by y.id, y.name, y.job_title
