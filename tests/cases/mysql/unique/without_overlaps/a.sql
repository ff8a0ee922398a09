create table t (id int primary key, room int, s date not null, e date not null, period for app (s, e), unique key k (room, s));
