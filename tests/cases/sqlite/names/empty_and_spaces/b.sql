create table " " (id integer primary key, "  " text, " x " text);
