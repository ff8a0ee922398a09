create schema one; create schema two; create table one.t (a int, b int); create table two.t (a int, c text);
