create table [odd table] (`odd column` integer primary key, b integer, "`" text, "]" text, "[" text);
