-- id: A7.2-01
-- title: A secure area lacks entry control, monitoring or a reviewed access list.
-- ref: A.7.1, A.7.2, A.7.4
-- stages: internal stage2 surveillance
-- class: minor
-- subject: secure_area
-- why: A door that anybody opens makes every lock behind it optional. Minor; major for a server room or control room without entry control.
-- fix: Install, monitor, review the list.
-- note: Sensitive assets are in-scope assets at the site with class confidential or restricted. A list never reviewed counts from the opening of the site.
select 'secure_area' as kind, x.id as subject, 'Area "' || x.name || '" at ' || x.site_name || ': ' || substr(x.faults, 3) || '.' as detail,
       case when x.entry_control = 'none' and (words(x.name) like '%server%' or words(x.name) like '%control room%' or words(x.name) like '%data cent%' or x.site_kind = 'datacentre') then 'major' end as class
from (
  select a.id, a.name, a.entry_control, s.name as site_name, s.kind as site_kind,
         case when a.entry_control in ('none', 'key')
               and exists (select 1 from live_asset t where t.site = a.site and t.classification in ('confidential', 'restricted'))
              then ', entry control "' || a.entry_control || '" where sensitive assets are kept' else '' end
         || case when not a.monitored then ', not monitored' else '' end
         || case when not a.visitor_log then ', visitors not recorded' else '' end
         || case when coalesce(a.access_list_reviewed_on, s.opened_on) < add_days(as_of(), -p('physical_review_days'))
                 then ', access list ' || coalesce('last reviewed on ' || a.access_list_reviewed_on, 'never reviewed') else '' end as faults
  from secure_area a
  join open_site s on s.id = a.site
) x
where x.faults <> ''
