-- Days for which evidence of a control stays fresh: its own limit, else by frequency; null when driven by events (rulebook 0.9: window(Control)).
select c.id as control,
       coalesce(c.evidence_freshness_days,
                case c.frequency
                  when 'continuous' then 35
                  when 'daily' then 35
                  when 'weekly' then 35
                  when 'monthly' then 45
                  when 'quarterly' then 120
                  when 'semiannual' then 215
                  when 'annual' then 395
                end) as window_days
from control c
