-- The seven groups of threats every assessment has to treat (rulebook 0.6, threat_catalogue).
select v.column1 as code
from (values
  ('physical'),
  ('natural'),
  ('infrastructure_failure'),
  ('technical_failure'),
  ('human_actions'),
  ('compromise_of_functions'),
  ('organisational')) as v
