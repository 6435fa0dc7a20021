-- What the exceptions of `waived` excuse: a subject with each Annex A number that the current SoA gives to the control they name; without a number where
-- they name no control, or one that the SoA gives to nothing: such an exception says nothing narrower than its subject.
select x.subject, e.control_ref
from waived x
left join current_soa_entry e on e.control = x.control
