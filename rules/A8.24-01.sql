-- id: A8.24-01
-- title: Sensitive data is stored unencrypted, or its keys are not managed.
-- ref: A.8.24
-- stages: gap internal stage2 surveillance
-- class: minor
-- subject: data_store
-- why: A lost disk is then a lost secret, and a key nobody answers for is lost twice. Minor; major when restricted data, or personal data in bulk, is
--   stored unencrypted.
-- fix: Encrypt; rotate the keys; name a custodian.
-- note: Personal data in bulk is read as an asset of the system marked as holding personal data. A key never rotated is late once the record of its
--   store is older than the interval, or where that day is unknown. An exception counts for the record it applies to, not for the whole system; one that
--   names a control counts unless the Statement of Applicability gives this control to other requirements alone. It excuses the missing encryption, not
--   neglected keys.
select 'data_store' as kind, x.id as subject,
       'Store "' || x.name || '" of "' || x.system_name || '" (' || x.classification || '): '
         || case when not x.encrypted_at_rest then 'not encrypted'
                 else substr(case when x.key_custodian is null then ', nobody answers for the key' else '' end
                   || case when x.rotation_late then ', key ' || coalesce('last rotated on ' || x.key_rotated_on, 'never rotated') || ', planned every ' || cast(x.key_rotation_days as text) || ' days' else '' end, 3) end || '.' as detail,
       case when not x.encrypted_at_rest and (x.classification = 'restricted' or exists (select 1 from live_asset a where a.system = x.system and a.personal_data)) then 'major' end as class
from (
  select d.*, s.name as system_name,
         case when d.key_rotation_days is not null and coalesce(d.key_rotated_on, substr(nullif(d.created_at, ''), 1, 10), '0001-01-01') < add_days(as_of(), -d.key_rotation_days) then true else false end as rotation_late
  from data_store d
  join system_in_scope s on s.id = d.system
  where d.classification in ('confidential', 'restricted')
) x
where (not x.encrypted_at_rest and not exists (select 1 from waived_for w where w.subject = x.id and coalesce(w.control_ref, '8.24') = '8.24'))
   or (x.encrypted_at_rest and (x.key_custodian is null or x.rotation_late))
