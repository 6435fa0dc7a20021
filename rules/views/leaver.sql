-- People whose end date has passed, with the instant at which all their access has to have ended (rulebook P.offboard_hours; end of a day = following midnight).
select h.*, add_days(h.end_date, 1) as ended_at
from person h
where h.end_date is not null and h.end_date < as_of()
