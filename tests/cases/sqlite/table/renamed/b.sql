create table customer (id integer primary key, email text unique);
create table invoice (id integer primary key, client_id integer references customer (id));
create index client_email on customer (email);
create view emails as select email from customer;
create trigger client_gone after delete on customer begin delete from invoice where client_id = old.id; end;
