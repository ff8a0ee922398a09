create table t (id integer primary key, a text);
create view v as -- what people see
  select id, /* and the name */ a from t -- the end
;
create trigger g after insert on t begin
  -- nothing; really: 'nothing'
  select 1; /* end; */
end;
