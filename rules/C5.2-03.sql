-- id: C5.2-03
-- title: The information security policy was not established by top management
-- ref: 5.2, 5.1
-- stages: internal stage1 stage2
-- class: major
-- subject: document_version
-- why: The policy is top management's word. Major when nobody approved it; minor when the approval came from below.
-- fix: Have the board or the managing director approve it.
select 'document_version' as kind, d.effective_id as subject,
       '"' || coalesce(d.title, 'unnamed') || '" version ' || coalesce(d.effective_label, 'unnamed') || ', in force since ' || d.effective_on
       || case when d.approved_by is null then ', was approved by nobody.' else ', was approved by ' || coalesce(a.name, 'unnamed') || ' (' || a.job_title || '), who is not top management.' end as detail,
       case when d.approved_by is null then 'major' else 'minor' end as class
from policy_in_force d
left join person a on a.id = d.approved_by
where d.topic = 'information_security'
  and (d.approved_by is null or not a.is_top_management)
