insert into t values ('north', 1), ('south', 2), ('there', 3);
