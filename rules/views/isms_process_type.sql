-- The processes an ISMS needs at least (rulebook C4.4-01).
select v.column1 as isms_type
from (values
  ('risk'),
  ('document_control'),
  ('competence'),
  ('incident'),
  ('change'),
  ('measurement'),
  ('internal_audit'),
  ('management_review'),
  ('corrective_action')) as v
