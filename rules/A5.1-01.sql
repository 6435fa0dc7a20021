-- id: A5.1-01
-- title: A topic-specific policy or procedure that an applicable control needs is missing or not in force.
-- ref: A.5.1, A.6.4, A.5.24, A.5.29
-- stages: gap internal stage1
-- class: minor
-- subject: policy topic
-- why: People cannot follow what nobody wrote. Minor; major when three or more topics are missing, and for incident management and access control.
-- fix: Write, approve and communicate the policy, or a chapter of one that covers the topic.
select 'policy topic' as kind, x.topic as subject,
       'No document on ' || replace(x.topic, '_', ' ') || ' is in force; needed for ' || x.refs || '.' as detail,
       case when count(*) over () >= 3 or x.topic in ('incident_management', 'access_control') then 'major' end as class
from (
  select t.topic, text_list('A.' || t.ref) as refs
  from required_topic t
  join applicable_control a on a.ref = t.ref
  where not exists (select 1 from live_document d where d.topic = t.topic)
  group by t.topic
) x
