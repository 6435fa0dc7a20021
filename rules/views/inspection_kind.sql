-- Walk-throughs every in-scope site needs (rulebook 0.3, inspection_kinds).
select v.column1 as kind
from (values
  ('clear_desk'),
  ('environmental'),
  ('equipment_maintenance')) as v
