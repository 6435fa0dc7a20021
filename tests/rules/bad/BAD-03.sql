select 'risk' as kind, r.id as subject, 'x' as detail from risk r
