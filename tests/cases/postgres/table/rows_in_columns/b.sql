create table addr (street varchar(20), zip bigint);
create table cust (id int primary key, a addr, all_of addr[]);
