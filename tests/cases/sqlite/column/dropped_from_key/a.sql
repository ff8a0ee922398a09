create table t (tenant integer not null, id integer not null, name text, primary key (tenant, id));
