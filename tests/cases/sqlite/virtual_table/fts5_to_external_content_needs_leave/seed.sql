insert into docs values (1, 'kept');
insert into search (title) values ('lost'), ('too');
