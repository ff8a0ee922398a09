create table t (a text, b text, c text, constraint new unique (a), constraint named unique (b), constraint kept unique (c));
