-- Risks that are in the register and not closed: neither draft nor closed (rulebook: open Risk).
select r.*
from risk r
where r.status not in ('draft', 'closed')
