-- Policies and topic policies in force, by topic (rulebook: eff(policy(topic))); id is the document, effective_id its version.
select d.*
from live_document d
where d.kind in ('policy', 'topic_policy')
