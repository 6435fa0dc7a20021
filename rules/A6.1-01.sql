-- id: A6.1-01
-- title: Someone started without completed screening, or without the depth the role needs.
-- ref: A.6.1
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: person
-- why: After the first day the question can no longer be asked freely. Minor; major for privileged or sensitive roles with an adverse or no result; one
--   level up when more than 20 % of the people are concerned.
-- fix: Complete the screening, restrict access until then, or have the delay approved.
-- escalation: E2
-- population: select count(*) from live_person h where h.in_scope
-- note: People who started before the ISMS began to operate may have been screened later.
select 'person' as kind, x.id as subject,
       x.name || ' started on ' || x.start_date || ': '
         || case when x.records = 0 then 'no screening'
                 when x.held = 0 then 'no clear result by then (' || x.results || ')'
                 else 'basic screening only, although the role handles sensitive information' end || '.' as detail,
       case when x.held = 0 and (x.records = 0 or x.good = 0)
             and (x.handles_sensitive or exists (select 1 from account a where a.person = x.id and a.privileged and a.disabled_at is null)) then 'major' end as class
from (
  select h.id, h.name, h.start_date, h.handles_sensitive,
         count(r.id) as records,
         count(r.id) filter (where r.result in ('clear', 'waived')) as good,
         count(r.id) filter (where r.fits) as held,
         count(r.id) filter (where r.fits and r.level = 'enhanced') as deep,
         text_list(r.result || coalesce(' on ' || r.completed_on, '')) as results
  from live_person h
  left join (
    select s.id, s.person, s.level, s.result, s.completed_on,
           case when s.result = 'clear' and s.completed_on <= add_days(q.start_date, p('screening_grace_days')) then true
                when s.result = 'waived' and s.waiver_approved_by is not null then true
                when s.result = 'clear' and s.completed_on is not null and q.start_date < (select min(o.isms_operational_since) from organisation o) then true
                else false end as fits
    from screening_record s
    join person q on q.id = s.person
  ) r on r.person = h.id
  where h.in_scope
  group by h.id, h.name, h.start_date, h.handles_sensitive
) x
where x.held = 0 or (x.handles_sensitive and x.deep = 0)
