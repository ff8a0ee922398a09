create table t (id integer primary key, a text not null, b text not null on conflict replace default 'x');
