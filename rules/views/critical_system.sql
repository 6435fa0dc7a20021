-- Systems with an asset whose loss would exceed the impact level "high".
select distinct s.id
from system s
join live_asset a on a.system = s.id
where a.critical
