-- id: A8.8-05
-- title: Software or hardware past vendor support is in use without treatment, or a licence has ended.
-- ref: A.8.8, A.8.19
-- stages: internal stage2 surveillance
-- class: minor
-- subject: asset
-- why: After the end of support every new hole stays open. Minor; major if internet-facing; observation for an ended licence.
-- fix: Replace it, isolate it, or treat it as a risk with an exception.
select 'asset' as kind, x.id as subject,
       'Asset "' || x.name || '" (' || replace(x.kind, '_', ' ') || '): ' || case when x.unsupported then 'vendor support ended on ' || x.vendor_support_ends_on else 'licence ended on ' || x.licence_valid_to end || '.' as detail,
       case when not x.unsupported then 'observation' when x.internet_facing then 'major' end as class
from (
  select a.*, coalesce(s.internet_facing, false) as internet_facing,
         case when a.vendor_support_ends_on < as_of()
               and not exists (select 1 from waived w where w.subject = a.id)
               and not exists (select 1 from risk__assets l join open_risk r on r.id = l.record where l.value = a.id) then true else false end as unsupported
  from live_asset a
  left join system s on s.id = a.system
) x
where x.unsupported or (x.kind = 'software_licence' and x.licence_valid_to < as_of())
