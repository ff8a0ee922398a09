create table person (id integer primary key, email text);
create index person_email on person (email);
