create table p (id integer primary key, code text unique);
create table c (id integer primary key, code text references p (code));
