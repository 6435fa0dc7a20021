-- Who stands above whom along Person.manager, any number of steps; a circle in the chain ends by itself (rulebook: manager chain).
with recursive chain(person, superior) as (
  select p.id, p.manager from person p where p.manager is not null
  union
  select c.person, m.manager from chain c join person m on m.id = c.superior where m.manager is not null
)
select c.person, c.superior
from chain c
where c.person <> c.superior
