-- What a reference in audits, findings and nonconformities names: a clause stays as it is, a control begins with "A.". A bare number that is both,
-- such as 7.2, is the clause.
select q.ref,
       case when q.ref like 'A.%' then q.ref
            when exists (select 1 from clause_leaf c where c.ref = q.ref or c.ref like q.ref || '.%') then q.ref
            else 'A.' || q.ref end as item
from (select s.ref from audit_sample s
      union
      select l.value from auditor__responsible_for l
      union
      select f.ref from finding f
      union
      select n.ref from nonconformity n) q
