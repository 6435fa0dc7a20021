-- id: A8.13-02
-- title: No copy of the backup is kept off-site or isolated.
-- ref: A.8.13, A.8.14
-- stages: internal stage2 surveillance
-- class: minor
-- subject: backup_plan
-- why: The same fire, and the same attacker, take the copy with the original. Minor; major if the register holds a risk above the threshold against the
--   system's availability.
-- fix: Keep an off-site or immutable copy.
-- note: The loss of a system is a risk on availability linked to one of its assets.
select 'backup_plan' as kind, b.id as subject, 'The backup of "' || s.name || '" has neither an off-site nor an isolated copy.' as detail,
       case when exists (
              select 1 from risk_above_threshold r
              join risk__assets l on l.record = r.id
              join asset a on a.id = l.value
              join risk__cia c on c.record = r.id and c.value = 'A'
              where a.system = s.id) then 'major' end as class
from backup_plan b
join production_system s on s.id = b.system
where not b.offsite and not b.isolated_copy
