create table t (id integer primary key, a integer);
create table t_new (id integer primary key);
create table "new_t" (id integer primary key);
create table "_trueup_t" (id integer primary key);
create table "trueup_t" (id integer primary key);
