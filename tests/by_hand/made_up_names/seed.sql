create table person (
    id serial primary key,
    email text not null unique check (email <> ''),
    boss int references person (id)
);
insert into person (id, email, boss) values (1, 'a', null), (2, 'b', 1);
select setval('person_id_seq', 7);
