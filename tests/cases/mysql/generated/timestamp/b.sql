create table t (id int primary key, made timestamp not null, secs int, ends timestamp generated always as (if(secs > 0, made + interval secs second, null)) virtual);
