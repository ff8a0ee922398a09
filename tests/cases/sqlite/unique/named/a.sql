create table t (a text, b text, c text, constraint old unique (a), unique (b), constraint kept unique (c));
