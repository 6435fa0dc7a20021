-- id: A5.18-01
-- title: Access rights on a sensitive system were not reviewed at the planned interval.
-- ref: A.5.18, A.8.2
-- stages: internal stage2 surveillance
-- class: minor
-- subject: system
-- why: Rights grow by themselves and shrink only when somebody looks. Minor; major when no sensitive system was reviewed at all.
-- fix: Carry out the review and keep the record of the decisions.
select 'system' as kind, x.id as subject,
       'System "' || x.name || '":'
         || substr(case when x.user_late then ', last review of user rights ' || coalesce('on ' || x.user_review, 'never') else '' end
           || case when x.privileged_late then ', last review of privileged rights ' || coalesce('on ' || x.privileged_review, 'never') else '' end, 2) || '.' as detail,
       case when x.reviewed = 0 then 'major' end as class
from (
  select q.*,
         case when (q.user_review is null or q.user_review < add_days(as_of(), -p('access_review_days')))
               and (q.oldest is null or q.oldest <= add_days(as_of(), -p('access_review_days'))) then true else false end as user_late,
         case when q.privileged_accounts > 0
               and (q.privileged_review is null or q.privileged_review < add_days(as_of(), -p('priv_review_days')))
               and (q.oldest is null or q.oldest <= add_days(as_of(), -p('priv_review_days'))) then true else false end as privileged_late,
         sum(case when q.user_review >= add_days(as_of(), -p('access_review_days')) or q.privileged_review >= add_days(as_of(), -p('priv_review_days')) then 1 else 0 end) over () as reviewed
  from (
    select s.id, s.name,
           (select max(r.completed_on) from access_review r where r.system = s.id and r.kind = 'user' and r.completed_on <= as_of()) as user_review,
           (select max(r.completed_on) from access_review r where r.system = s.id and r.kind = 'privileged' and r.completed_on <= as_of()) as privileged_review,
           (select min(a.created_on) from account a where a.system = s.id) as oldest,
           (select count(*) from account a where a.system = s.id and a.privileged and a.disabled_at is null) as privileged_accounts
    from production_system s
    where s.handles_sensitive
  ) q
) x
where x.user_late or x.privileged_late
