-- id: CERT-08
-- title: The interval between the stages is unworkable, or leaves no time to mend findings.
-- ref: ISO/IEC 17021-1, programme
-- stages: stage1 stage2
-- class: minor
-- subject: audit
-- why: Too close leaves no time to mend, too far makes Stage 1 stale; bodies usually repeat it after six months, though the accreditation standard sets no
--   limit. Minor for the programme; OFI when only the buffer is short.
-- fix: Move Stage 2; four to eight weeks after Stage 1 work well.
select 'audit' as kind, x.id as subject,
       'Stage 2 is planned for ' || x.planned_start || ', Stage 1 ' || case when x.ended_on is null then 'is planned for ' || x.first_start else 'ended on ' || x.ended_on end || ':'
         || substr(case when x.too_close then ', less than ' || cast(cast(p('stage_gap_min_days') as bigint) as text) || ' days with open findings' else '' end
           || case when x.too_far then ', more than ' || cast(cast(p('stage_gap_max_months') as bigint) as text) || ' months' else '' end
           || case when x.short_gap then ', only ' || cast(days_between(coalesce(x.ended_on, x.first_start), x.planned_start) as text) || case when days_between(coalesce(x.ended_on, x.first_start), x.planned_start) = 1 then ' day' else ' days' end || ' to mend findings' else '' end
           || case when x.buffer < p('remediation_buffer_days') then ', planned buffer of ' || cast(x.buffer as text) || ' days' else '' end, 2) || '.' as detail,
       case when not x.too_close and not x.too_far then 'ofi' end as class
from (
  select b.id, b.planned_start, a.ended_on, a.planned_start as first_start,
         (select min(j.remediation_buffer_days) from certification_project j) as buffer,
         case when b.planned_start < add_days(a.ended_on, p('stage_gap_min_days'))
               and exists (
                 select 1 from finding f
                 where f.audit = a.id and f.grade in ('major', 'minor', 'area_of_concern') and f.addressed_on is null
                   and (exists (select 1 from nonconformity n where (n.id = f.nonconformity or n.finding = f.id) and n.status not in ('verified', 'closed', 'cancelled'))
                     or not exists (select 1 from nonconformity n where n.id = f.nonconformity or n.finding = f.id)))
              then true else false end as too_close,
         case when b.planned_start > add_months(a.ended_on, p('stage_gap_max_months')) then true else false end as too_far,
         case when days_between(coalesce(a.ended_on, a.planned_start), b.planned_start) < p('remediation_buffer_days') then true else false end as short_gap
  from stage1_audit a
  cross join stage2_audit b
) x
where x.too_close or x.too_far or x.short_gap or x.buffer < p('remediation_buffer_days')
