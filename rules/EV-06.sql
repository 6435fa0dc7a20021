-- id: EV-06
-- title: One file is offered for several periods
-- ref: 7.5.3, 8.1
-- stages: internal stage2 surveillance
-- class: minor
-- subject: evidence
-- why: The same record cannot show two different periods. Minor; major when, without the reused file, the control would show no operation
--   within its window.
-- fix: Replace it by the true record, or admit that the control was not performed.
-- judges: records alike in content_hash
-- note: The subject is the later piece of evidence.
with candidate as (
  select e.content_hash from evidence e where asked(e.id) group by e.content_hash having count(*) > 1
), piece as materialized (
  select e.id, e.control, e.content_hash, e.period_start, e.period_end
  from control_evidence e
  where asked(e.id) and e.review_status = 'accepted' and e.content_hash in (select f.content_hash from candidate f)
), reused as (
  select b.id, b.control, c.title, b.content_hash, b.period_start, b.period_end, min(a.period_start) as first_start
  from piece a
  join piece b on b.control = a.control and b.content_hash = a.content_hash and a.period_end < b.period_start
  join control c on c.id = b.control
  group by b.id, b.control, c.title, b.content_hash, b.period_start, b.period_end
), weighed as (
  select r.id, r.title, r.period_start, r.period_end, r.first_start,
         case when exists (select 1 from claimed_control c where c.id = r.control)
               and days_between(r.period_end, as_of()) <= w.window_days
               and not exists (
                 select 1 from control_evidence o
                 where o.control = r.control and o.standing and o.content_hash <> r.content_hash and days_between(o.period_end, as_of()) <= w.window_days)
              then 1 else 0 end as hides
  from reused r
  join control_window w on w.control = r.control
)
select 'evidence' as kind, x.id as subject,
       'Evidence ' || x.id || ' for ' || x.period_start || ' to ' || coalesce(x.period_end, 'an unknown day') || ' is the same file as the one for the period from '
       || coalesce(min(x.first_start), 'an unknown day') || '; control: ' || text_list(coalesce(x.title, 'unnamed')) || '.' as detail,
       case when max(x.hides) = 1 then 'major' end as class
from weighed x
group by x.id, x.period_start, x.period_end
