create table t (id integer primary key, a text);
create table other (id integer primary key);
CREATE TRIGGER  other_insert AFTER INSERT ON other
BEGIN
  -- a comment with ; and END inside
  INSERT INTO t (a) SELECT CASE WHEN new.id > 1 THEN 'many' ELSE 'one' END;
  UPDATE "t" SET a = a || '''' WHERE id = new.id;
END;
