create schema apart;
create extension hstore schema apart;
revoke execute on function apart.hstore(text, text) from public;
grant execute on function apart.hstore(text, text) to trueup_reader with grant option;
