//! A random schema as SQL, and rows that fit it.

use super::{Column, ForeignKey, Index, Key, ROWS, Schema, Table, View};

/// The server that it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    MySql,
    MariaDb,
}

/// What can be done with values of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Number,
    Text,
    /// A text that MariaDB computes nothing from, as a mode of the session pads it.
    Padded,
    /// A text that an index takes a part of.
    LongText,
    /// Neither, but sorted.
    Other,
    /// Nothing beside keeping it.
    Blind,
    Point,
}

use Class::{Blind, LongText, Number, Other, Padded, Point, Text};

/// A type, what it is like, its defaults, and the value of row `#`.
type Type = (&'static str, Class, [&'static str; 3], &'static str);

const TYPES: [Type; 32] = [
    ("int", Number, ["0", "-1", "7"], "#"),
    ("int unsigned", Number, ["0", "5", "(1 + 1)"], "#"),
    ("bigint", Number, ["0", "-1", "9000000000"], "#"),
    ("tinyint(1)", Number, ["0", "1", "1"], "#"),
    ("smallint(5) unsigned zerofill", Number, ["0", "1", "00007"], "#"),
    ("decimal(10,2)", Number, ["0", "1.50", "-0.01"], "#.25"),
    ("decimal(12,4)", Number, ["0", "1.5", "-0.0001"], "#.2501"),
    ("double", Number, ["0", "1.5", "1e10"], "#.5"),
    ("float", Number, ["0", "1.5", "-2"], "#.5"),
    ("varchar(20)", Text, ["''", "'x'", "'it''s; -- \\\\ `'"], "'text #'"),
    ("varchar(20)", Text, ["'1'", "'null'", "('a' 'b')"], "'# text'"),
    ("varchar(40)", Text, ["''", "'x'", "'\"'"], "'text #'"),
    ("varchar(300)", Text, ["''", "'x'", "(uuid())"], "'text #'"),
    ("char(5)", Padded, ["''", "'x'", "'a  b'"], "'tx #'"),
    ("text", LongText, ["('')", "('x')", "(concat('a', 'b'))"], "'text #'"),
    ("mediumtext", LongText, ["('')", "('x')", "('it''s')"], "'text #'"),
    ("blob", LongText, ["('')", "('x')", "(x'00')"], "x'0#ff'"),
    ("varbinary(16)", Other, ["''", "'x'", "x'00ff'"], "x'0#ff'"),
    ("binary(4)", Other, ["''", "'x'", "x'00ff'"], "x'0#ff0a0b'"),
    ("date", Other, ["'2020-01-01'", "'2020-02-29'", "(curdate())"], "'2024-01-0#'"),
    (
        "datetime",
        Other,
        ["'2020-01-01 00:00:00'", "current_timestamp", "now() on update now()"],
        "'2024-01-0# 10:00:00'",
    ),
    (
        "datetime(3)",
        Other,
        ["'2020-01-01 00:00:00.125'", "current_timestamp(3)", "now(3) on update now(3)"],
        "'2024-01-0# 10:00:00.125'",
    ),
    (
        "timestamp",
        Other,
        ["'2020-01-01 00:00:00'", "current_timestamp", "now() on update now()"],
        "'2024-01-0# 10:00:00'",
    ),
    ("time", Other, ["'10:00:00'", "'-01:00:00'", "(curtime())"], "'1#:00:00'"),
    ("year", Other, ["2001", "2020", "1999"], "200#"),
    ("enum('a','b','it''s')", Other, ["'a'", "'b'", "'it''s'"], "#"),
    ("enum('a','b','it''s','d')", Other, ["'a'", "'b'", "'d'"], "#"),
    ("set('x','y','z w')", Other, ["'x'", "''", "'x,z w'"], "#"),
    ("json", Blind, ["(json_array())", "('{}')", "('[1, 2]')"], "'{\"a\": #}'"),
    ("bit(8)", Other, ["b'1'", "b'0'", "b'101'"], "#"),
    ("point", Point, ["", "", ""], "st_geomfromtext('POINT(# 2)')"),
    ("", Other, ["", "", ""], ""),
];
/// In place of the last.
const OF_MARIADB: Type = (
    "uuid",
    Other,
    ["(uuid())", "'00000000-0000-0000-0000-000000000000'", ""],
    "'00000000-0000-0000-0000-00000000000#'",
);
const OF_MYSQL: Type = ("mediumint", Number, ["0", "-1", "7"], "#");
const COLLATIONS: [&str; 4] = [
    "collate utf8mb4_bin",
    "character set latin1",
    "character set latin1 collate latin1_bin",
    "character set utf8mb4 collate utf8mb4_general_ci",
];
const CHARSETS: [&str; 4] =
    ["charset=latin1", "charset=utf8mb4 collate=utf8mb4_bin", "charset=utf8mb3", "collate=utf8mb4_general_ci"];
const OPTIONS: [&str; 5] = [
    "row_format=dynamic",
    "row_format=compressed key_block_size=8",
    "stats_persistent=0 stats_sample_pages=20",
    "comment='it''s; a'",
    "engine=InnoDB stats_auto_recalc=1",
];
const COMMENTS: [&str; 3] = ["a", "it''s; -- `", "name\u{e4} \\\\ \""];
const ACTIONS: [&str; 4] = ["", "cascade", "set null", "restrict"];
const PARTITIONS: [&str; 6] = [
    "partition by hash (id) partitions 3",
    "partition by key (id) partitions 2",
    "partition by range (id) (partition p0 values less than (2), partition p1 values less than (3), partition pm values less than maxvalue)",
    "partition by range (id) (partition p0 values less than (2), partition p1 values less than (100))",
    "partition by list (id) (partition pa values in (1, 2), partition pb values in (3, 4))",
    "partition by range (id) subpartition by hash (id) subpartitions 2 (partition p0 values less than (2), partition pm values less than maxvalue)",
];

fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

impl Schema {
    /// The statements that make it.
    pub(crate) fn sql(&self, on: On) -> String {
        let mut statements: Vec<_> = self.tables.iter().map(|table| table.sql(&self.tables, on)).collect();
        for table in &self.tables {
            statements.extend(table.view.as_ref().map(|view| view.sql(table, on)));
            statements.extend(table.triggers.iter().enumerate().map(|(at, trigger)| table.trigger(at, *trigger)));
        }
        let viewed: Vec<_> = self.tables.iter().filter(|table| table.view.is_some()).collect();
        if let (Some(over), false) = (self.over, viewed.is_empty()) {
            let below = &viewed[over % viewed.len()].name;
            statements.push(format!("create view over_all as select * from {}", quote(&format!("v {below}"))));
        }
        statements.extend(self.programs.iter().map(|(which, form)| self.program(*which, *form, on)));
        statements.join(";\n") + ";\n"
    }

    /// Rows for all of its tables.
    pub(crate) fn rows(&self, on: On) -> String {
        self.tables.iter().map(|table| table.rows(&self.tables, on)).collect()
    }

    fn program(&self, which: usize, form: usize, on: On) -> String {
        let table = quote(&self.tables[0].name);
        match which {
            0 => format!("create function f(a int) returns int deterministic no sql return a + {form}"),
            1 => {
                let security = if form > 1 { "sql security invoker" } else { "" };
                format!(
                    "create procedure p(in a int, inout b varchar(20)) {security} begin set b = concat(b, 'x;{form}'); end"
                )
            }
            2 => format!(
                "create function `g h`(s varchar(10)) returns varchar({}) charset latin1 deterministic reads sql data comment 'it''s' begin return s; end",
                10 + form
            ),
            3 => format!(
                "create event ev on schedule every {} day starts '2035-01-01 00:00:00' disable comment 'c{form}' do begin delete from {table} where id = 1; end",
                form / 2 + 1
            ),
            4 => format!(
                "create procedure `of table`() modifies sql data begin declare n int; select count(*) + {form} into n from {table}; end"
            ),
            _ if on == On::MariaDb => format!(
                "create sequence s start with 5 increment by {} maxvalue 1000 {}",
                form + 1,
                if form > 1 { "cycle" } else { "nocycle" }
            ),
            _ => format!("create procedure q() comment 'form {form}' select {form}"),
        }
    }
}

fn type_of(column: &Column, on: On) -> Type {
    match TYPES[column.ty % TYPES.len()] {
        ("", ..) if on == On::MariaDb => OF_MARIADB,
        ("", ..) => OF_MYSQL,
        found => found,
    }
}

impl Table {
    fn is_partitioned(&self, on: On) -> bool {
        let spatial = self.columns.iter().any(|column| self.class(column, on) == Point);
        self.partition.is_some() && !spatial
    }

    fn is_target(&self, on: On) -> bool {
        matches!(self.key, Key::Plain | Key::AutoIncrement) && !self.is_partitioned(on)
    }

    fn keys<'a>(&'a self, all: &'a [Self], on: On) -> Vec<(usize, &'a ForeignKey, &'a Self)> {
        let target = |key: &ForeignKey| &all[key.table % all.len()];
        let found = self.foreign_keys.iter().enumerate().map(|(at, key)| (at, key, target(key)));
        found.filter(|(.., target)| target.is_target(on) && !self.is_partitioned(on)).collect()
    }

    /// What a column is like; a generated one is like what it is computed from.
    fn class(&self, column: &Column, on: On) -> Class {
        if column.generated.is_none() {
            return type_of(column, on).1;
        }
        match type_of(&self.columns[0], on).1 {
            Text | LongText => Text,
            _ => Number,
        }
    }

    fn sql(&self, all: &[Self], on: On) -> String {
        let mut parts = vec![match self.key {
            Key::None => "id int not null".to_owned(),
            Key::Plain => "id int primary key".to_owned(),
            Key::AutoIncrement => "id int auto_increment primary key".to_owned(),
            Key::Composite => "id int not null".to_owned(),
        }];
        parts.extend(self.columns.iter().enumerate().map(|(at, column)| self.column(at, column, on)));
        let keys = self.keys(all, on);
        parts.extend(keys.iter().map(|(at, ..)| format!("`to {at}` int")));
        if self.key == Key::Composite {
            let second = self.part(0, on).filter(|_| self.columns[0].not_null);
            parts.push(format!("primary key (id{})", second.map(|part| format!(", {part}")).unwrap_or_default()));
        }
        parts.extend(self.indexes.iter().map(|index| self.index(index, on)));
        for (at, key, target) in keys {
            if key.index {
                parts.push(format!("key `ix to {at}` (`to {at}`)"));
            }
            let action = |event: &str, action: usize| match ACTIONS[action % ACTIONS.len()] {
                "" => String::new(),
                action => format!(" on {event} {action}"),
            };
            parts.push(format!(
                "constraint {} foreign key (`to {at}`) references {} (id){}{}",
                quote(&format!("fk {at} {}", self.name)),
                quote(&target.name),
                action("delete", key.on_delete),
                action("update", key.on_update)
            ));
        }
        parts.extend(self.checks.iter().enumerate().map(|(at, check)| self.check(at, *check, on)));
        let options = [self.charset.map(|at| CHARSETS[at]), self.option.map(|at| OPTIONS[at])];
        let options: Vec<_> = options.into_iter().flatten().collect();
        let partition = self.partition.filter(|_| self.is_partitioned(on)).map_or("", |at| PARTITIONS[at]);
        format!("create table {} (\n  {}\n) {} {partition}", quote(&self.name), parts.join(",\n  "), options.join(" "))
    }

    fn column(&self, at: usize, column: &Column, on: On) -> String {
        let (ty, class, defaults, _) = type_of(column, on);
        let name = quote(&column.name);
        let comment = column.comment.map_or(String::new(), |at| format!(" comment '{}'", COMMENTS[at]));
        // A table needs a column that is seen, which `id` is; MariaDB minds one without a value.
        let hidden = column.invisible && (!column.not_null || column.generated.is_some()) && class != Point;
        let invisible = if hidden { " invisible" } else { "" };
        if let Some(stored) = column.generated.filter(|_| at > 0) {
            let base = quote(&self.columns[0].name);
            let (ty, sql) = match type_of(&self.columns[0], on).1 {
                Text | LongText => ("varchar(330)", format!("concat({base}, '!')")),
                Number => ("bigint", format!("{base} + 1")),
                Padded => ("int", "1 + 1".to_owned()),
                _ => ("int", format!("{base} is null")),
            };
            let kind = if stored { "stored" } else { "virtual" };
            return format!("{name} {ty} generated always as ({sql}) {kind}{invisible}{comment}");
        }
        let mut sql = format!("{name} {ty}");
        let has_letters = matches!(class, Text | Padded | LongText) && ty != "blob"
            || ty.starts_with("enum")
            || ty.starts_with("set");
        if let Some(collation) = column.collation.filter(|_| has_letters) {
            sql += &format!(" {}", COLLATIONS[collation % COLLATIONS.len()]);
        }
        let not_null = column.not_null || class == Point;
        sql += if not_null { " not null" } else { " null" };
        match column.default.map(|default| defaults.get(default).copied().unwrap_or("null")) {
            None | Some("") => {}
            Some("null") if not_null => {}
            Some(default) => sql += &format!(" default {default}"),
        }
        sql + invisible + &comment
    }

    /// A column as a part of a key, if it can be one.
    fn part(&self, at: usize, on: On) -> Option<String> {
        let column = &self.columns[at % self.columns.len()];
        match self.class(column, on) {
            Blind | Point => None,
            LongText if column.generated.is_none() => Some(format!("{}(10)", quote(&column.name))),
            _ => Some(quote(&column.name)),
        }
    }

    fn index(&self, index: &Index, on: On) -> String {
        let column = &self.columns[index.columns.0 % self.columns.len()];
        let (class, name) = (self.class(column, on), quote(&index.name));
        let first = self.part(index.columns.0, on).unwrap_or("id".to_owned());
        let second = self.part(index.columns.1, on).filter(|second| *second != first);
        let both = [Some(first.clone()), second].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let partitioned = self.is_partitioned(on);
        let own = quote(&column.name);
        // What a column is computed to from what is neither a number nor a text is the same in all rows.
        let base = type_of(&self.columns[0], on).1;
        let constant = column.generated.is_some() && !matches!(base, Number | Text | LongText);
        let kind = if constant && matches!(index.kind, 2 | 3) { 0 } else { index.kind };
        let unique = if partitioned && first != "id" { ", id" } else { "" };
        let mut sql = match kind {
            1 => format!("key {name} ({both})"),
            2 => format!("unique key {name} ({first}{unique})"),
            3 => format!("unique key {name} ({both}{unique})"),
            4 => format!("key {name} ({first} desc)"),
            5 if on == On::MySql && class != Point => {
                let sql = match class {
                    Number => format!("{own} + 1"),
                    Text | LongText => format!("char_length({own})"),
                    _ => format!("{own} is null"),
                };
                format!("key {name} (({sql}))")
            }
            5 if class == Text => format!("key {name} ({own}(3))"),
            6 if matches!(class, Text | LongText)
                && column.generated.is_none()
                && type_of(column, on).0 != "blob"
                && !partitioned =>
            {
                format!("fulltext key {name} ({own})")
            }
            7 if class == Point => format!("spatial key {name} ({own})"),
            _ => format!("key {name} ({first})"),
        };
        if let Some(comment) = index.comment {
            sql += &format!(" comment '{}'", COMMENTS[comment]);
        }
        if index.unseen && matches!(kind, 0 | 1 | 4) {
            sql += if on == On::MySql { " invisible" } else { " ignored" };
        }
        sql
    }

    fn check(&self, at: usize, (column, form): (usize, usize), on: On) -> String {
        let column = &self.columns[column % self.columns.len()];
        let own = quote(&column.name);
        let sql = match (self.class(column, on), form) {
            (Number, 0) => format!("{own} >= 0"),
            (Number, _) => format!("{own} between 0 and {form}00000"),
            (Text | LongText, 0) => format!("char_length({own}) < 1000"),
            (Text | LongText, _) => format!("{own} <> '; -- {form}'"),
            _ => format!("({own} is null) in (0, 1, {form})"),
        };
        let enforced = if form == 3 && on == On::MySql { " not enforced" } else { "" };
        format!("constraint {} check ({sql}){enforced}", quote(&format!("check {at} {}", self.name)))
    }

    fn trigger(&self, at: usize, (form, column): (usize, usize)) -> String {
        let stored: Vec<_> = self.columns.iter().filter(|column| column.generated.is_none()).collect();
        let column = quote(&stored[column % stored.len()].name);
        let (timing, body) = match form {
            0 => ("before insert", format!("set @x = new.{column}")),
            1 => ("before insert", "begin set @y = 1; set @z = 'a;b'; end".to_owned()),
            2 => ("after update", format!("begin if old.{column} <> new.{column} then set @y = 2; end if; end")),
            3 => ("before delete", "set @d = old.id".to_owned()),
            4 => ("after insert", format!("set @w = (select count(*) from {})", quote(&self.name))),
            _ => ("before update", format!("set new.{column} = old.{column}")),
        };
        let (name, table) = (quote(&format!("tr {at} {}", self.name)), quote(&self.name));
        format!("create trigger {name} {timing} on {table} for each row {body}")
    }

    fn rows(&self, all: &[Self], on: On) -> String {
        let stored: Vec<_> = self.columns.iter().filter(|column| column.generated.is_none()).collect();
        let keys = self.keys(all, on);
        let names = stored.iter().map(|column| quote(&column.name));
        let names: Vec<_> = ["id".to_owned()]
            .into_iter()
            .chain(names)
            .chain(keys.iter().map(|(at, ..)| format!("`to {at}`")))
            .collect();
        let row = |number: usize| {
            let values = stored.iter().map(|column| {
                let (.., class, _, value) = type_of(column, on);
                let is_null = number == ROWS && !column.not_null && class != Point && self.key != Key::Composite;
                if is_null { "null".to_owned() } else { value.replace('#', &number.to_string()) }
            });
            let values: Vec<_> =
                [number.to_string()].into_iter().chain(values).chain(keys.iter().map(|_| number.to_string())).collect();
            format!("({})", values.join(", "))
        };
        let rows: Vec<_> = (1..=ROWS).map(row).collect();
        format!("insert into {} ({}) values {};\n", quote(&self.name), names.join(", "), rows.join(", "))
    }
}

impl View {
    fn sql(&self, table: &Table, on: On) -> String {
        let (name, of) = (quote(&format!("v {}", table.name)), quote(&table.name));
        let column = quote(&table.columns[self.column % table.columns.len()].name);
        match self.form {
            0 => format!("create view {name} as select id, {column} from {of}"),
            1 => format!("create view {name} as select * from {of} where id > 0 with check option"),
            2 => format!(
                "create algorithm = merge view {name} as select id + 1 as next, {column} as `a b` from {of} where {column} is not null"
            ),
            3 => format!(
                "create algorithm = temptable sql security invoker view {name} as select count(*) as n, max(id) from {of} group by {column}"
            ),
            4 => format!(
                "create view {name} as select id, 'it''s' as s from {of} union all select 1, {}",
                if on == On::MySql { "'x'" } else { "'y'" }
            ),
            _ => format!(
                "create view {name} (first, second) as with x as (select id from {of}) select x.id, t.id from x left join {of} t on t.id = x.id"
            ),
        }
    }
}
