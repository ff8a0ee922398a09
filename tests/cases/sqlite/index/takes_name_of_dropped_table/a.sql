create table t (a text);
create table label (a text);
