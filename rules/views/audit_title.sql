-- What stands on the title page of an audit report; always one row.
select (select o.name from organisation o order by o.id limit 1) as organisation,
       (select s.text from current_scope s) as scope,
       (select s.version from current_scope s) as scope_version,
       (select s.version from current_soa s) as soa_version
