-- id: C9.3.3-03
-- title: The results of a management review are not retained, or the minutes look produced for the file.
-- ref: 9.3.3, 7.5
-- stages: internal stage1 stage2 surveillance
-- class: minor
-- subject: management_review
-- why: Minutes are the only proof that top management was there in mind too. Minor when minutes or their approval are missing; observation for minutes
--   almost equal to the last ones or without a conclusion.
-- fix: Write the minutes, have them approved, conclude on suitability, adequacy and effectiveness.
select 'management_review' as kind, r.id as subject,
       'Review of ' || r.held_on || ':'
         || substr(case when r.minutes is null then ', no minutes' else '' end
           || case when r.minutes_approved_on is null then ', minutes not approved' else '' end
           || case when r.minutes_similarity_pct > 90 then ', minutes ' || cast(cast(r.minutes_similarity_pct as bigint) as text) || ' % equal to the previous ones' else '' end
           || case when blank(r.conclusion_suitability) then ', no conclusion on suitability' else '' end, 2) || '.' as detail,
       case when r.minutes is not null and r.minutes_approved_on is not null then 'observation' end as class
from held_review r
where r.held_on < add_days(as_of(), -p('minutes_days'))
  and (r.minutes is null or r.minutes_approved_on is null or r.minutes_similarity_pct > 90 or blank(r.conclusion_suitability))
