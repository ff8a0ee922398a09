create table t(a,b)
----
create table t(a int, b text not null, c numeric(15, 4) default -1.50, d double precision null)
----
CREATE TABLE "order"("select" INT, [from x] TEXT, `back``tick` BLOB, 'single' REAL, "a""b" any)
----
create table 🐘 ("größe" text, Ünïcode int, emoji🎈 text default '🎈')
----
create table t(-- the key
  id integer primary key /* it is */, -- and more
  /* between */ a /* in */ int /* of */ not /* words */ null)
----
create table t(id integer primary key autoincrement, x)
----
create table t(id integer constraint pk primary key on conflict ignore autoincrement)
----
create table t(id integer, x, constraint pk primary key (id autoincrement) on conflict replace)
----
create table t(id integer primary key desc, x)
----
create table t(id integer constraint k primary key desc not null, x)
----
create table t(id integer primary key asc not null)
----
create table t(id integer, primary key(id desc))
----
create table t(id "INTEGER" primary key)
----
create table t(id int primary key, x)
----
create table t(id integer primary key desc, x) without rowid
----
create table t(id integer, x, primary key (id desc)) without rowid
----
create table t(a, b, c, primary key (a desc, b collate nocase, c)) without rowid
----
create table t(a, b, c, primary key (b, a, b)) without rowid
----
create table t(a, b, primary key (b, a, b))
----
create table t(a text primary key on conflict rollback, b text not null on conflict fail)
----
create table t(a int primary key, b any, c real) strict
----
create table t(a text, b blob not null on conflict replace default x'', primary key (a, b)) strict, without rowid
----
create table t(a text not null primary key, b int) WITHOUT ROWID
----
create table t(a unique, b unique on conflict replace, unique (a), unique (b, a), unique (b desc, a))
----
create table t(a unique, b, primary key (a))
----
create table t(id integer primary key unique, b)
----
create table t(id integer unique primary key, b) without rowid
----
create table t(a collate nocase unique, b text collate "rtrim", unique (a collate binary), unique (a))
----
create table t(a unique collate nocase, b text default 'x' collate nocase not null)
----
create table t(a default 1, b default -1, c default +1.5e3, d default 'it''s', e default x'ff', f default null, g default true)
----
create table t(a default current_timestamp, b default (current_date), c default (1 + 1), d default (- -1), e default ((1)))
----
create table t(a default word, b default "Quoted", c default [br], d default `bt`, e default key, f default 0x1F, g default 1_000)
----
create table t(a default (1 -- one
), b default ( 'x' /* y */ ), c default (datetime('now', '-1 day')), d default - 1)
----
create table t(a int, b generated always as (a * 2), c int as (a + 1) stored, d text generated always as ('x' || a) virtual, e as (a))
----
create table t(a int, b int generated always as (a -- comment
) stored unique not null check (b > 0))
----
create table t(a check (a > 0), b constraint pos check (b > 0) constraint small check (b < 10), check (a <> b), constraint both check (a + b > 1) on conflict ignore)
----
create table t(a check (a > 0) check (a > 0), check (a > 0), check (a in ('A', 'a')), check (a in ('a', 'A')))
----
create table t(a int constraint x not null, check (a > 0), check (a > 1))
----
create table t(a, b, constraint one check (a) constraint two unique (a) constraint three foreign key (b) references t (a) primary key (b))
----
create table t(a references u, b references "odd table"("odd column") on delete set null on update cascade, c references u(x) match simple on delete restrict)
----
create table t(a references u deferrable, b references u deferrable initially deferred, c references u not deferrable initially deferred, d references u deferrable initially immediate)
----
create table t(a, b, foreign key (a, b) references u on insert cascade on update set default, foreign key (b, a) references u (x, y) match full on delete no action deferrable initially deferred)
----
create table t(a, b, foreign key (a) references u, foreign key (a) references u, constraint named foreign key (b) references t(a))
----
create table a(id integer primary key, b references b); create table b(id integer primary key, a references a)
----
create table t(abort, action, after, always, asc, attach, begin, "by", cascade, cast, column, conflict, current_date, do, each, end, "for", if, key, like, match, no, of, "over", pragma, replace, row, temp, trigger, view, "window", with, without)
----
create table t(left, cross, indexed, natural, full)
----
create table t(a "my type", b "varchar(max)", c 'string type', d [int], e text generated, f "select", g varchar ( 10 , -2 ), h "a""b")
----
create table t(rowid, oid, _rowid_, "true", "null", "")
----
create table t(a, b); create index i on t(a); create unique index "I 2" on t(b desc, a collate nocase); create index [i.3] on t(a) where b > 0 and a is not null
----
create table t(a, "B c"); create index i on t(lower(a), "B c" desc, (a), (a || 'x') collate nocase desc, abs(a) + 1 desc); create index j on t(a collate nocase collate binary)
----
create table t(a, b); create index i on t('a', "b", "no such column"); create index j on t(a -- comment
, b) where a > 0 -- all
----
create table t(a, b); create index i on t(a, a desc, b); create unique index j on t(a) where b is null
----
create table t(a, b); create view v as select * from t; create view "v 2"(x, "Y z") as -- why
  select a, 'B' from v where a > 1 /* end */
----
create view v as select 1 as a, 'it''s' as "b c" union all select 1, 2 order by 1 limit 3
----
create view v(a) as with recursive c(x) as (select 1 union all select x + 1 from c where x < 5) select x from c;
----
create view broken as select * from nowhere
----
create table t(a, b); create view v as select a from t;
create trigger t1 after insert on t begin insert into t values (new.a, 1); delete from t where a = 1; end;
create trigger "t 2" before update of a, "b" on t for each row when new.a > old.a and (select 1) begin select case when 1 then 2 end; end;
create trigger t3 delete on t begin select raise(abort, 'no; never end'); end;
create trigger t4 instead of insert on v begin insert into t (a) values (new.a); end;
create trigger t5 instead of update on v when (new.a) begin update t set a = new.a where a = old.a; -- end
end
----
create virtual table s using fts5(title, body, tokenize = 'porter ascii'); create virtual table r using rtree(id, x0, x1)
----
create table docs(id integer primary key, body); create virtual table docs_fts using fts5(body, content='docs', content_rowid='id');
create trigger docs_ai after insert on docs begin insert into docs_fts(rowid, body) values (new.id, new.body); end
----
create table a(x); alter table a rename to b; alter table b rename column x to "y z"; alter table b add column c int not null default 0 references a(x) check (c >= 0)
----
create table t as select 1 as a, 'x' as "b c", cast(1 as integer) as d
----
create table t (a text check (length(a) > 0 and a like '%' escape '\'), b text check (b in ('(', ')', '''')), c check ("c" = 'c'))
----
create table t (
	id	INTEGER NOT NULL,
	"is_on" BOOLEAN DEFAULT '0' NOT NULL CHECK (is_on IN (0, 1)),
	created DATETIME DEFAULT (CURRENT_TIMESTAMP) NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_t_1 UNIQUE ("is_on", created),
	CONSTRAINT fk_t FOREIGN KEY(id) REFERENCES t (id) ON DELETE CASCADE
)
