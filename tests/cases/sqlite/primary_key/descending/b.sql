create table t (a text not null, b text not null, primary key (a desc, b));
