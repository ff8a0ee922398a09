create table t (code text not null primary key on conflict replace, a text);
create table u (a int not null, b int not null, primary key (a, b) on conflict ignore);
