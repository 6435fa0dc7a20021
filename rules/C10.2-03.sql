-- id: C10.2-03
-- title: Nobody looked whether similar nonconformities exist elsewhere.
-- ref: 10.2 b 3
-- stages: internal stage2 surveillance
-- class: minor
-- subject: nonconformity
-- why: What fails in one place usually fails in its sisters. Minor; major under a multi-site certificate when the same requirement failed at another site
--   too.
-- fix: Check other sites, systems and periods, and record the day.
-- note: "Cause common to sites" is read as another nonconformity with the same reference at another site.
select 'nonconformity' as kind, n.id as subject,
       'Nonconformity on ' || n.ref || ' of ' || n.raised_on || ' is ' || n.status || ', but the search for similar cases is not recorded.' as detail,
       case when (select count(*) from certificate c join certificate__sites l on l.record = c.id where c.status in ('active', 'suspended', 'reduced')) > 1
             and exists (select 1 from nonconformity m where m.ref = n.ref and m.site <> n.site and m.status <> 'cancelled') then 'major' end as class
from nonconformity n
where n.status in ('implemented', 'verified', 'closed') and n.extent_checked_on is null
