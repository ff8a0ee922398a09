create table new_name (id integer primary key autoincrement, a integer);
