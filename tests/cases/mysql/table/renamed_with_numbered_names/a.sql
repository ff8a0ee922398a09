create table emp (id int primary key, boss int, pay int, key boss (boss), constraint emp_ibfk_1 foreign key (boss) references emp (id), constraint emp_chk_1 check (pay > 0));
