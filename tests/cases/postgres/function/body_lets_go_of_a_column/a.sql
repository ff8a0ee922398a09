create table t (a date not null, b date not null);
create function f() returns bigint language sql stable begin atomic select count(a) from t; end;
