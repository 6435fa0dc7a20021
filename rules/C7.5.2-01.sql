-- id: C7.5.2-01
-- title: A document in use lacks identification, a living owner, review or approval, or its author approved it.
-- ref: 7.5.2
-- stages: internal stage1 stage2
-- class: minor
-- subject: document
-- why: Without number, owner and approval nobody can tell which text binds and who answers for it. Minor for policies and procedures, observation for the
--   rest. Approval by the author is an observation, minor for policies, methodology and Statement of Applicability.
-- fix: Complete the control data of the version in force; let someone other than the author approve it.
select 'document' as kind, x.id as subject,
       'Document "' || x.title || '" version ' || x.effective_label || ': '
         || substr(x.faults || case when x.self_approved then ', approved by its own author' else '' end, 3) || '.' as detail,
       case when x.faults <> '' and x.kind in ('policy', 'topic_policy', 'procedure') then 'minor'
            when x.self_approved and x.kind in ('policy', 'topic_policy', 'methodology', 'soa') then 'minor'
            else 'observation' end as class
from (
  select d.id, d.title, d.kind, d.effective_label,
         case when blank(d.code) then ', no identifier' else '' end
         || case when not exists (select 1 from live_person h where h.id = d.owner) then ', owner ' || coalesce((select h.name from person h where h.id = d.owner), 'missing') || ' not in service' else '' end
         || case when d.reviewed_by is null then ', no reviewer' else '' end
         || case when d.approved_by is null then ', no approver' else '' end
         || case when d.approved_on is null then ', no approval date' else '' end
         || case when d.approved_on > d.effective_on then ', approved on ' || d.approved_on || ' after it took effect on ' || d.effective_on else '' end as faults,
         case when d.kind in ('policy', 'topic_policy', 'procedure', 'methodology', 'soa', 'rtp') and d.approved_by = d.author then true else false end as self_approved
  from live_document d
  where not d.external_origin
) x
where x.faults <> '' or x.self_approved
