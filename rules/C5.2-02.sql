-- id: C5.2-02
-- title: The information security policy lacks required content
-- ref: 5.2 b–d
-- stages: gap internal stage1
-- class: minor
-- subject: document_version
-- why: The standard names what the policy must hold: objectives or their framework, and two commitments. Minor.
-- fix: Add the missing commitment or the framework for objectives and issue a new version.
select 'document_version' as kind, d.effective_id as subject,
       '"' || coalesce(d.title, 'unnamed') || '" version ' || coalesce(d.effective_label, 'unnamed') || ' lacks: '
       || substr(case when not d.has_objectives_or_framework then ', objectives or a framework for them' else '' end
                 || case when not d.commits_to_requirements then ', the commitment to meet requirements' else '' end
                 || case when not d.commits_to_improvement then ', the commitment to improve' else '' end, 3) || '.' as detail
from policy_in_force d
where d.topic = 'information_security'
  and (not d.has_objectives_or_framework or not d.commits_to_requirements or not d.commits_to_improvement)
