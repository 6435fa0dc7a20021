-- Treatment actions still to be done: planned or in progress.
select a.*
from treatment_action a
where a.status in ('planned', 'in_progress')
