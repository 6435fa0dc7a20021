-- id: C5.2-01
-- title: There is no information security policy in force
-- ref: 5.2 e, 7.5.1
-- stages: gap internal stage1
-- class: major
-- subject: ORG
-- why: The policy is mandatory and carries the whole framework. Always major.
-- fix: Write, approve and publish the policy.
select 'organisation' as kind, 'ORG' as subject,
       case when exists (select 1 from document d where d.kind = 'policy' and d.topic = 'information_security')
            then 'The information security policy has no version in force: '
                 || coalesce((select text_list(d.code || ' version ' || v.version || ' (' || replace(coalesce(v.status, 'unknown'), '_', ' ') || ')')
                              from document d join document_version v on v.document = d.id where d.kind = 'policy' and d.topic = 'information_security'), 'no version recorded') || '.'
            else 'No information security policy is recorded.' end as detail
where not exists (select 1 from security_policy)
