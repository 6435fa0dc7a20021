-- Documents that have a version in force, with that version beside them (rulebook: eff(Document), seen from the document).
select d.*,
       v.id as effective_id, v.version as effective_label, v.author, v.created_on, v.reviewed_by, v.last_reviewed_on,
       v.approved_by, v.approved_on, v.effective_on, v.next_review_on,
       v.has_objectives_or_framework, v.commits_to_requirements, v.commits_to_improvement
from document d
join effective_version v on v.document = d.id
