-- id: C6.1.3-a-02
-- title: The chosen treatment is not carried out: shared without an instrument, or avoided but still running
-- ref: 6.1.3 a
-- stages: internal stage2 surveillance
-- class: minor
-- subject: risk
-- why: A decision that changes nothing leaves the risk where it was. Minor; major when the risk is above the threshold.
-- fix: Put the contract or insurance in place, stop the activity, or choose another treatment.
select 'risk' as kind, r.id as subject,
       'Risk "' || coalesce(r.title, 'unnamed') || '" is to be '
       || case when r.treatment = 'share' and blank(r.share_instrument) then 'shared, but no contract or insurance is named.'
               when r.treatment = 'share' then 'shared, but "' || r.share_instrument || '" ended on ' || r.share_valid_to || '.'
               else 'avoided since ' || r.assessed_on || ', but the activity goes on; in use: '
                    || (select text_list(coalesce(a.name, 'unnamed')) from risk__assets x join asset a on a.id = x.value where x.record = r.id and a.lifecycle = 'active') || '.'
          end as detail,
       case when r.above_threshold then 'major' end as class
from assessed_risk r
where (r.treatment = 'share' and (blank(r.share_instrument) or r.share_valid_to < as_of()))
   or (r.treatment = 'avoid' and r.avoided_activity_ceased_on is null and days_between(r.assessed_on, as_of()) > 90
       and exists (select 1 from risk__assets x join asset a on a.id = x.value where x.record = r.id and a.lifecycle = 'active'))
