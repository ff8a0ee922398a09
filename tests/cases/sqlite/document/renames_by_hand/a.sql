create table people (id integer primary key, mail text);
create index people_mail on people (mail);
