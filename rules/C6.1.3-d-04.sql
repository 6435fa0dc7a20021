-- id: C6.1.3-d-04
-- title: An excluded control has no credible justification
-- ref: 6.1.3 d
-- stages: internal stage1
-- class: minor
-- subject: soa_entry
-- why: A stock phrase says that a control is excluded, not why. Minor; major when at least three and more than 20 % of the exclusions are
--   affected, or when an open risk linked to the line needs the control.
-- fix: Give the fact or the risk decision behind it: the activity does not exist, the risk is avoided, another control covers it.
with excluded as (
  select e.id, e.control_ref, e.exclusion_justification,
         case when blank(e.exclusion_justification) or length(trim(e.exclusion_justification)) < p('min_justification_chars')
                or words(e.exclusion_justification) in (select s.phrase from stock_exclusion s) then 1 else 0 end as bare
  from current_soa_entry e
  where e.applicability = 'excluded'
)
select 'soa_entry' as kind, x.id as subject,
       'Control ' || coalesce(x.control_ref, 'unnamed') || ' is excluded '
       || case when blank(x.exclusion_justification) then 'without any justification.'
               else 'with the words "' || trim(x.exclusion_justification) || '" (' || cast(length(trim(x.exclusion_justification)) as text) || ' characters).' end as detail,
       case when (count(*) over () >= 3 and 5 * count(*) over () > (select count(*) from excluded))
              or exists (select 1 from soa_entry__linked_risks l join open_risk r on r.id = l.value where l.record = x.id)
            then 'major' end as class
from excluded x
where x.bare = 1
