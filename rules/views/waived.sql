-- Subjects for which an approved exception is valid today, granted by somebody other than the requester (rulebook: waived).
select x.subject, x.id as control_exception, x.control, x.expires_on
from control_exception x
where x.status = 'approved'
  and x.approved_by is not null
  and x.approved_by <> x.requested_by
  and x.approved_on <= as_of()
  and x.expires_on >= as_of()
