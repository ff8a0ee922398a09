create table doc (id integer primary key, title text, body text);
