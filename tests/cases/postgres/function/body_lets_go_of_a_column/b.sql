create table t (b date not null);
create function f() returns bigint language sql stable begin atomic select count(b) from t; end;
