create table ft(a bigint); create function ff(ft) returns text language sql immutable as 'select $1.a::text'; create index ffi on ft (ff(ft.*));
