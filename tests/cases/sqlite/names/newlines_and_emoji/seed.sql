insert into "täble 🦀" values (1, '5');
