-- id: C7.3-01
-- title: Awareness training does not reach the people who work under the organisation's control.
-- ref: 7.3, A.6.3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: ORG
-- why: A rule nobody has heard of protects nothing, and contractors open the same mails as employees. Minor below the share the organisation set itself,
--   major below 70 %. People on leave are not counted, nor newcomers within their first days.
-- fix: Train the people listed, and make the reminder reach their managers; block overdue accounts if the policy says so.
select 'organisation' as kind, 'ORG' as subject,
       cast(x.trained as text) || ' of ' || cast(x.people as text) || ' people (' || cast(x.trained * 100 / x.people as text)
         || ' %) hold a valid awareness training, ' || cast(cast(p('training_min_pct') as bigint) as text) || ' % are needed. Missing: ' || x.missing || '.' as detail,
       case when x.trained * 100 < 70 * x.people then 'major' end as class
from (
  select count(*) as people, count(*) filter (where q.trained) as trained, text_list(case when not q.trained then q.name end) as missing
  from (
    select h.name,
           case when y.person is not null then true else false end as trained
    from available_person h
    left join (
      select a.person
      from training_assignment a
      join training_course c on c.id = a.course
      join training_course__roles l on l.record = c.id and l.value = 'all'
      where a.completed_on <= as_of() and a.completed_on >= add_days(as_of(), -c.validity_days)
      group by a.person
    ) y on y.person = h.id
    where h.in_scope and h.start_date < add_days(as_of(), -p('newstarter_training_days'))
  ) q
) x
where x.people > 0 and x.trained * 100 < p('training_min_pct') * x.people
