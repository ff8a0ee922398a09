create table t (
  id integer primary key, -- the key
  a text not null /* never empty, it's "odd" */ check (a <> '')
);
