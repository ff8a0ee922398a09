create table t (id integer primary key, a text, b text);
CREATE  INDEX "by a"  ON t( a /* why */ COLLATE nocase DESC );
create unique index if not exists [by b] on t (b) where b <> '--' -- at the end
;
