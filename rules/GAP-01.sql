-- id: GAP-01
-- title: Building started without a gap analysis, or the analysis is outdated
-- ref: programme
-- stages: gap
-- class: ofi
-- subject: ORG
-- why: Advice: the standard does not ask for it, but without it effort goes where it is not needed.
-- fix: Perform the gap analysis against the edition sought.
-- note: Another edition counts in every phase, age only in the phases of building.
with latest as (
  select g.id, g.edition, g.performed_on from gap_assessment g
  where g.id = (select y.id from gap_assessment y where y.performed_on <= as_of() order by y.performed_on desc, y.id desc limit 1)
)
select 'organisation' as kind, 'ORG' as subject,
       coalesce((select 'The latest gap analysis of ' || l.performed_on || ' (edition ' || coalesce(l.edition, 'unnamed') || ') does not fit: '
                        || coalesce((select text_list('edition sought ' || coalesce(c.edition, 'unnamed') || ', phase ' || replace(coalesce(c.phase, 'unknown'), '_', ' ')) from certification_project c), '') || '.'
                 from latest l), 'No gap analysis is recorded.') as detail
where not exists (select 1 from certificate)
  and (not exists (select 1 from latest)
       or exists (
         select 1 from latest l join certification_project c
           on words(c.edition) <> words(l.edition) or (days_between(l.performed_on, as_of()) > 540 and c.phase in ('design', 'risk', 'controls'))))
