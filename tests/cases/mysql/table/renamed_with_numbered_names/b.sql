create table employee (id int primary key, boss int, pay bigint, key boss (boss), constraint employee_ibfk_1 foreign key (boss) references employee (id), constraint employee_chk_1 check (pay > 0));
