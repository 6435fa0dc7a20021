-- id: A8.4-01
-- title: Source code is not protected or not checked.
-- ref: A.8.4, A.8.25, A.8.28
-- stages: internal stage2 surveillance
-- class: minor
-- subject: code_repository
-- why: Who can write to the repository writes to production. Minor; major for live secrets of production.
-- fix: Protect the main line, require review, scan, revoke the secrets.
select 'code_repository' as kind, r.id as subject,
       'Repository of "' || s.name || '":'
         || substr(case when not r.branch_protected then ', main line not protected' else '' end || case when not r.review_required then ', no review required' else '' end
           || case when not r.secret_scanning then ', no secret scanning' else '' end || case when not r.dependency_scanning then ', no dependency scanning' else '' end
           || case when r.open_secrets > 0 then ', secrets not revoked: ' || cast(r.open_secrets as text) else '' end, 2) || '.' as detail,
       case when r.open_secrets > 0 and s.environment = 'production' then 'major' end as class
from code_repository r
join system_in_scope s on s.id = r.system
where not r.branch_protected or not r.review_required or not r.secret_scanning or not r.dependency_scanning or r.open_secrets > 0
