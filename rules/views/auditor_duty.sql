-- What an auditor answers for in daily work, named as in audit_examined: what the auditor's record says, and the controls he or she owns.
select l.record as auditor, r.item
from auditor__responsible_for l
join audit_ref r on r.ref = l.value
union
select g.id, 'A.' || m.ref
from auditor g
join control k on k.owner = g.person
join control_ref m on m.control = k.id
