create extension hstore;
revoke execute on function akeys(hstore) from public;
