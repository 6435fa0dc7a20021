-- id: AUD-01
-- title: There is no internal audit programme, or it leaves out a required element.
-- ref: 9.2.2
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: Without a programme audits happen when somebody finds the time. Major when no approved programme covers today, minor when one only lacks frequency,
--   methods or responsibilities.
-- fix: Establish the programme with frequency, methods and responsibilities, and have it approved.
select 'organisation' as kind, 'ORG' as subject, 'No approved audit programme covers ' || as_of() || '.' as detail, cast(null as text) as class
from organisation o
where not exists (select 1 from current_programme)
union all
select 'organisation', 'ORG',
       'The audit programme from ' || g.period_start || ' to ' || g.period_end || ' lacks'
         || substr(case when blank(g.methods) then ', methods' else '' end
           || case when blank(g.responsibilities) then ', responsibilities' else '' end
           || case when coalesce(g.frequency_days, 0) <= 0 then ', a frequency' else '' end, 2) || '.', 'minor'
from current_programme g
where blank(g.methods) or blank(g.responsibilities) or coalesce(g.frequency_days, 0) <= 0
