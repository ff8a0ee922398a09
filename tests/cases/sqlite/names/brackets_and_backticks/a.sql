create table [odd table] (`odd column` integer primary key, [b"] text);
