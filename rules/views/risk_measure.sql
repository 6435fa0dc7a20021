-- Every risk with the method version its scores stand on (the current one where the risk names none), the threshold and its scores as text.
select r.*,
       m.id as method, m.status as method_status, m.approach, m.formula, m.tolerance_levels,
       m.likelihood_min, m.likelihood_max, m.impact_min, m.impact_max,
       m.acceptance_threshold as threshold,
       case m.formula
         when 'sum' then m.likelihood_max + m.impact_max
         when 'matrix' then (select max(x.score) from method_matrix x where x.method = m.id)
         else m.likelihood_max * m.impact_max
       end as score_max,
       case when r.residual_score > m.acceptance_threshold then true else false end as above_threshold,
       case when r.inherent_score > m.acceptance_threshold then true else false end as inherent_above_threshold,
       case when r.inherent_score = cast(r.inherent_score as bigint) then cast(cast(r.inherent_score as bigint) as text)
            else cast(r.inherent_score as text) end as inherent_text,
       case when r.residual_score = cast(r.residual_score as bigint) then cast(cast(r.residual_score as bigint) as text)
            else cast(r.residual_score as text) end as residual_text,
       case when m.acceptance_threshold = cast(m.acceptance_threshold as bigint) then cast(cast(m.acceptance_threshold as bigint) as text)
            else cast(m.acceptance_threshold as text) end as threshold_text
from risk r
left join risk_methodology m on m.id = coalesce(r.methodology, (select c.id from current_methodology c))
