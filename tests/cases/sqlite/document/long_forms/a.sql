create table parent (a integer, b text, primary key (a, b));
