-- id: C4.2-02
-- title: A relevant interested party has no recorded requirement
-- ref: 4.2 b
-- stages: gap internal stage1
-- class: minor
-- subject: interested_party
-- why: A party matters through what it needs or expects. Minor for each; when at least three and more than half of the relevant parties are
--   affected it becomes major.
-- fix: Record the party's needs and expectations, those from law and contract included.
-- escalation: E2 50%
-- population: select count(*) from interested_party where relevant
select 'interested_party' as kind, i.id as subject,
       'No requirement is recorded for "' || coalesce(i.name, 'unnamed') || '" (' || replace(coalesce(i.type, 'unknown'), '_', ' ') || ').' as detail
from interested_party i
where i.relevant and not exists (select 1 from party_requirement r where r.party = i.id)
