create table "Users" (id integer primary key, name text);
create index users_name on "Users" (name);
