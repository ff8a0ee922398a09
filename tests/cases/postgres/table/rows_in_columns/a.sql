create table addr (street varchar(20), zip int);
create table cust (id int primary key, a addr, all_of addr[]);
