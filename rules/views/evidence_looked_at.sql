-- Accepted evidence by the reference it supports ("A.8.13", "9.2.2"), named on the evidence or by its control; one row a pair.
select x.ref, e.id as evidence, e.kind, e.period_end
from (select l.record, l.value as ref
      from evidence__refs l
      union
      select l.record, case when a.ref is null then c.ref else 'A.' || c.ref end
      from evidence__controls l
      join control_ref c on c.control = l.value
      left join annex_a_ref a on a.ref = c.ref) x
join evidence e on e.id = x.record
where e.review_status = 'accepted' and e.superseded_by is null and e.period_start <= as_of()
