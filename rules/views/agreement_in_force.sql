-- Supplier agreements that hold today: signed, and not expired unless they renew by themselves (rulebook A5.20-01).
select a.*
from supplier_agreement a
where a.signed_on <= as_of() and (a.expires_on is null or a.expires_on >= as_of() or a.auto_renews)
