-- id: C6.1.2-c-04
-- title: A significant group of threats is missing from the risk assessment
-- ref: 6.1.2 c 1
-- stages: gap internal stage1 stage2
-- class: minor
-- subject: threat_category
-- why: A whole group left out means risks nobody looked for. Minor; all are major when two or more groups are missing, or when human
--   actions or technical failure is among them.
-- fix: Assess the group, or record that it does not apply, with the reasons and who decided.
-- note: The subject is the record of the category, or its code when there is no record.
select 'threat_category' as kind, coalesce(t.id, c.code) as subject,
       'No open risk belongs to the threat group "' || coalesce(t.name, c.code) || '"'
       || case when t.id is null then ', and the group is not recorded at all.'
               when t.considered_not_relevant then ', and it is ruled out without '
                    || case when blank(t.rationale) and t.decided_by is null then 'reasons and decision maker.'
                            when blank(t.rationale) then 'reasons.' else 'a named decision maker.' end
               else ', and it is not ruled out.' end as detail,
       case when count(*) over () >= 2
              or max(case when c.code in ('human_actions', 'technical_failure') then 1 else 0 end) over () = 1 then 'major' end as class
from threat_catalogue c
left join threat_category t on t.code = c.code
where not exists (select 1 from open_risk r where r.threat_category = t.id)
  and not (coalesce(t.considered_not_relevant, false) and not blank(t.rationale) and t.decided_by is not null)
