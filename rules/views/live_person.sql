-- People who work for the organisation on the day of the question (rulebook: live person).
select p.*
from person p
where p.status in ('active', 'leave')
  and p.start_date <= as_of()
  and (p.end_date is null or p.end_date >= as_of())
