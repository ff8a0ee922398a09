create table t (a text unique on conflict replace, b text unique, constraint u unique (a, b) on conflict ignore);
