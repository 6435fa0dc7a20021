-- id: C6.1.2-c-01
-- title: A risk has no owner
-- ref: 6.1.2 c 2
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: risk
-- why: A risk that belongs to nobody is watched by nobody. Minor; all are major when more than 10 % of the open risks, or any risk above
--   the threshold, has no owner.
-- fix: Name a person with the accountability and the authority to manage the risk.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" (' || replace(coalesce(r.status, 'unknown'), '_', ' ') || ', residual level ' || coalesce(r.residual_text, 'not set') || ') has no owner.' as detail,
       case when 10 * count(*) over () > (select count(*) from open_risk)
              or max(case when r.above_threshold then 1 else 0 end) over () = 1 then 'major' end as class
from assessed_risk r
where r.owner is null
