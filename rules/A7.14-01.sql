-- id: A7.14-01
-- title: Equipment or media left without proof that information was removed, or data is kept past its retention.
-- ref: A.7.10, A.7.14, A.8.10
-- stages: internal stage2 surveillance
-- class: minor
-- subject: asset
-- why: The disk sold with the laptop is the cheapest breach there is. Minor; major for restricted data.
-- fix: Obtain the proof, sanitise, delete what is past retention.
select 'asset' as kind, a.id as subject,
       'Asset "' || a.name || '" (' || a.classification || ') was disposed of: '
         || case when not exists (select 1 from disposal_record r where r.asset = a.id) then 'no disposal record'
                 when not exists (select 1 from disposal_record r where r.asset = a.id and r.method <> 'none') then 'no sanitisation'
                 else 'no certificate' end || '.' as detail,
       case when a.classification = 'restricted' then 'major' end as class
from asset a
where a.lifecycle = 'disposed' and a.in_scope and a.kind in ('server', 'endpoint', 'media', 'network_device', 'ot_device') and a.classification <> 'public'
  and not exists (
    select 1 from disposal_record r
    where r.asset = a.id and r.method <> 'none' and (r.certificate is not null or a.classification not in ('confidential', 'restricted')))
union all
select 'data_store', d.id, 'Store "' || d.name || '" holds data of ' || d.oldest_record_on || '; its retention is ' || cast(d.retention_days as text) || ' days.',
       case when d.classification = 'restricted' then 'major' end
from data_store d
join system_in_scope s on s.id = d.system
where d.retention_days is not null and d.oldest_record_on < add_days(as_of(), -d.retention_days - 30)
