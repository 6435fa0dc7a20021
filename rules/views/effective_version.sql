-- The version of each document that is in force: status effective, latest effective_on not in the future (rulebook: eff(Document)).
select v.*
from document_version v
join (
  select y.id, row_number() over (partition by y.document order by y.effective_on desc, y.id desc) as place
  from document_version y
  where y.status = 'effective' and y.effective_on <= as_of()
) latest on latest.id = v.id and latest.place = 1
