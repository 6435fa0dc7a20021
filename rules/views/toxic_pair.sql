-- Entitlements that one person must not hold on one system (rulebook 0.3, toxic_pairs).
select v.column1 as a, v.column2 as b
from (values
  ('create_payment', 'approve_payment'),
  ('developer', 'production_deployer_without_review'),
  ('security_admin', 'log_admin'),
  ('requester', 'approver')) as v
