create table old_name (id integer primary key autoincrement, a text);
