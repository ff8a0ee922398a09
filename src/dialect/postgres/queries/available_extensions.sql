-- The versions of some extensions that the server can install, and what each requires.
select name, version, array_to_string(requires, ' ')
from pg_available_extension_versions
where name in (/* names */)
