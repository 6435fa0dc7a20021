-- Role and the subject its role-specific course carries (rulebook 0.3, role_training).
select v.column1 as role, v.column2 as course
from (values
  ('developer', 'secure coding'),
  ('administrator', 'privileged operation'),
  ('incident handler', 'incident response'),
  ('ot engineer', 'OT security')) as v
