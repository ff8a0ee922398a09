create table t (id integer primary key on conflict replace, a text unique on conflict ignore, b integer);
