-- The information security policy in force: kind policy, topic information_security (rulebook: eff(policy(information_security))).
select d.*
from live_document d
where d.kind = 'policy' and d.topic = 'information_security'
