-- Risk acceptances that hold today: status valid and not past their end.
select a.*
from risk_acceptance a
where a.status = 'valid' and (a.expires_on is null or a.expires_on >= as_of())
