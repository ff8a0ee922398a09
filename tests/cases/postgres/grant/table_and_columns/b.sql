create table t (id int primary key, a int, b text); grant select (id, b), update (a) on t to trueup_reader; grant all on t to trueup_writer with grant option; grant select on t to public;
