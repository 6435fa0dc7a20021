-- Role assignments that have not ended and whose holder is a live person.
select a.*, p.name as person_name
from role_assignment a
join live_person p on p.id = a.person
where a.ended_on is null
