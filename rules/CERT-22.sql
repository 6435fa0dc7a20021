-- id: CERT-22
-- title: A new site runs under the certificate without having been audited or added.
-- ref: IAF MD 1, ISO/IEC 27006-1
-- stages: internal surveillance
-- class: minor
-- subject: site
-- why: A site nobody visited is certified by hope. Minor.
-- fix: Audit it internally and apply for its inclusion.
-- note: A notified change names the site when its title contains the site's name.
select 'site' as kind, s.id as subject,
       'Site "' || s.name || '" is in scope since ' || s.joined_scope_on || ':'
         || substr(case when not x.audited then ', no internal audit since' else '' end || case when x.absent then ', not on the certificate and not notified' else '' end, 2) || '.' as detail
from open_site s
join (
  select t.id,
         exists (
           select 1 from internal_audit_done a join audit__scope_sites l on l.record = a.id
           where l.value = t.id and coalesce(a.ended_on, a.started_on) >= t.joined_scope_on) as audited,
         case when exists (select 1 from current_certificate c)
               and not exists (select 1 from current_certificate c join certificate__sites l on l.record = c.id where l.value = t.id)
               and not exists (select 1 from isms_change i where i.cb_notified_on is not null and ' ' || words(i.title) || ' ' like '% ' || words(t.name) || ' %') then true else false end as absent
  from site t
) x on x.id = s.id
where s.joined_scope_on < add_days(as_of(), -365) and (not x.audited or x.absent)
