-- id: CERT-21
-- title: The sampling of sites does not qualify, is too small, or leaves out the central function.
-- ref: IAF MD 1
-- stages: stage1 stage2 surveillance
-- class: observation
-- subject: site_sampling_plan
-- why: The sample is the body's duty, its flaw is our certificate's. Observation; minor if the organisation has not defined its central function.
-- fix: Ask the body for a correct sample; include the central function every year.
-- note: Sites that run different activities are treated as not eligible for sampling. The central function is not counted among the sampled sites.
select 'site_sampling_plan' as kind, x.id as subject,
       'Sample for the ' || replace(x.kind, 'stage2', 'Stage 2') || ' audit of ' || x.day || ': ' || cast(x.sampled as text) || ' of ' || cast(x.sites as text) || ' sites besides the central function'
         || case when x.whole and x.sampled < x.sites and x.kind in ('stage2', 'recertification') then ', but all are needed because the sites do not qualify'
                 when x.whole then ', fewer than 30 %' when x.small then ', fewer than ' || case x.kind when 'surveillance' then '0.6' when 'recertification' then '0.8' else '1' end || ' times the square root' else '' end
         || case when x.random_share_pct < 25 and x.sampled >= 4 then ', less than 25 % chosen at random' else '' end
         || case when (x.small or x.whole) and blank(x.justification) then ', no justification' else '' end || '.' as detail,
       cast(null as text) as class
from (
  select q.*,
         case when not q.alike and ((q.kind in ('stage2', 'recertification') and q.sampled < q.sites) or (q.kind = 'surveillance' and q.sampled * 100 < 30 * q.sites)) then true else false end as whole,
         case when q.alike and ((q.kind = 'stage2' and q.sampled * q.sampled < q.sites)
                             or (q.kind = 'surveillance' and q.sampled * q.sampled * 100 < 36 * q.sites)
                             or (q.kind = 'recertification' and q.sampled * q.sampled * 100 < 64 * q.sites)) then true else false end as small
  from (
    select t.id, t.justification, t.random_share_pct, a.kind, coalesce(a.started_on, a.planned_start) as day,
           (select count(*) from site_sampling_plan__sampled_sites l left join site s on s.id = l.value where l.record = t.id and not coalesce(s.is_central_function, false)) as sampled,
           (select count(*) from open_site s where not s.is_central_function) as sites,
           case when t.eligible and (select count(distinct s.activity_group) from open_site s where not s.is_central_function) <= 1 then true else false end as alike
    from site_sampling_plan t
    join audit a on a.id = t.audit
    where a.status <> 'cancelled'
  ) q
) x
where x.whole or x.small or (x.random_share_pct < 25 and x.sampled >= 4)
union all
select 'audit', a.id, 'The scope of the ' || replace(replace(a.kind, 'stage1', 'Stage 1'), 'stage2', 'Stage 2') || ' audit of ' || a.held_on || ' holds no site of the central function.', cast(null as text)
from external_audit a
where (select count(*) from open_site s) > 1
  and not (a.kind = 'stage1' and a.method = 'remote')
  and not exists (select 1 from audit__scope_sites l join site s on s.id = l.value where l.record = a.id and s.is_central_function)
union all
select 'organisation', 'ORG',
       case when x.central = 0 then 'No in-scope site is marked as the central function' else cast(x.central as text) || ' in-scope sites are marked as the central function' end
         || ' (' || cast(x.sites as text) || ' sites).',
       case when x.central = 0 then 'minor' end
from (select count(*) as sites, count(*) filter (where s.is_central_function) as central from open_site s) x
where x.sites > 1 and x.central <> 1
