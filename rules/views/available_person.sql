-- Live people who are not on a long leave on the day of the question (rulebook: available person).
select p.*
from live_person p
where not (p.leave_from is not null and p.leave_to is not null and p.leave_from <= as_of() and p.leave_to >= as_of())
