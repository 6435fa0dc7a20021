-- id: A5.18-02
-- title: An access review was incomplete, reviewers judged their own rights, or removals were not carried out.
-- ref: A.5.18
-- stages: internal stage2 surveillance
-- class: minor
-- subject: access_review
-- why: A review that changes nothing is a signature. Minor; major when privileged rights that were ordered removed still exist.
-- fix: Finish the review, have own rights decided by somebody else, remove what was decided.
select 'access_review' as kind, x.id as subject,
       'Review of ' || x.kind || ' rights on "' || x.system_name || '" of ' || x.completed_on || ':'
         || substr(case when x.accounts_reviewed < x.accounts_in_population then ', ' || cast(x.accounts_reviewed as text) || ' of ' || cast(x.accounts_in_population as text) || ' accounts reviewed' else '' end
           || case when x.self_reviewed > 0 then ', ' || cast(x.self_reviewed as text) || ' own rights judged by the reviewer' else '' end
           || case when x.pending then ', removals (' || cast(x.revocations_required as text) || ') ' || case when x.revocations_done_on is null then 'not done' else 'done only on ' || x.revocations_done_on end else '' end
           || case when x.evidence is null then ', no evidence' else '' end, 2) || '.' as detail,
       case when x.pending and x.kind = 'privileged' and x.revocations_done_on is null then 'major' end as class
from (
  select r.*, coalesce(s.name, r.system) as system_name,
         case when r.revocations_required > 0
               and ((r.revocations_done_on is null and r.completed_on < add_days(as_of(), -p('revocation_days')))
                 or r.revocations_done_on > add_days(r.completed_on, p('revocation_days'))) then true else false end as pending
  from access_review r
  left join system s on s.id = r.system
  where r.completed_on >= add_days(as_of(), -365) and r.completed_on <= as_of()
    and coalesce(s.in_scope, true)
) x
where x.accounts_reviewed < x.accounts_in_population or x.self_reviewed > 0 or x.pending or x.evidence is null
