-- Evidence by the control it supports, one row a pair; standing means accepted and not superseded.
select l.value as control, e.*,
       case when e.review_status = 'accepted' and e.superseded_by is null then true else false end as standing
from evidence__controls l
join evidence e on e.id = l.record
