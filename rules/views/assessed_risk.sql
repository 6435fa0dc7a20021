-- Open risks with method, threshold and scores as text (rulebook: Risk with status outside draft and closed, and its RiskMethodology).
select r.*
from risk_measure r
where r.status not in ('draft', 'closed')
