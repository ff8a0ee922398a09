create table client (id integer primary key, email text unique);
create table invoice (id integer primary key, client_id integer references client (id));
create index client_email on client (email);
create view emails as select email from client;
create trigger client_gone after delete on client begin delete from invoice where client_id = old.id; end;
