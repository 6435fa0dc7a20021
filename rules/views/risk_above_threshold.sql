-- Open risks whose residual score exceeds the acceptance threshold of their method (rulebook: residual_score > acceptance_threshold).
select r.*
from assessed_risk r
where r.above_threshold
