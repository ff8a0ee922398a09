//! The SQL of tables, of what belongs to them, and of rows.

use super::types::{Family, column_name};
use super::{Column, Key, Schema, Shape, TABLES, Table};

impl Schema {
    /// The slot of the table that a table inherits from, if it does.
    fn parent(&self, at: usize) -> Option<usize> {
        match self.tables[at].as_ref()?.shape {
            Shape::Heir(slot) if slot < at => {
                let parent = self.tables[slot].as_ref()?;
                (!matches!(parent.shape, Shape::Partitioned(..))).then_some(slot)
            }
            _ => None,
        }
    }

    fn parts(&self, at: usize) -> Option<(usize, usize)> {
        match self.tables[at].as_ref()?.shape {
            Shape::Partitioned(by, parts) => Some((by % 3, parts)),
            _ => None,
        }
    }

    /// The columns beside key and reference that a table declares itself.
    fn own(&self, at: usize) -> Vec<&Column> {
        let inherited = self.parent(at).map(|parent| self.all(parent)).unwrap_or_default();
        let own = self.tables[at].iter().flat_map(|table| &table.columns);
        own.filter(|column| !inherited.iter().any(|other| other.slot == column.slot)).collect()
    }

    fn all(&self, at: usize) -> Vec<&Column> {
        let mut all = self.parent(at).map(|parent| self.all(parent)).unwrap_or_default();
        all.extend(self.own(at));
        all
    }

    /// The names of all columns of a table.
    pub(super) fn columns_of(&self, at: usize) -> Vec<String> {
        let own = self.all(at).into_iter().map(|column| column_name(column.slot).to_owned());
        ["id".to_owned(), "ref".to_owned()].into_iter().chain(own).collect()
    }

    fn expression(&self, column: &Column) -> Option<String> {
        self.ty(column.ty).generated(column.generated?, self)
    }

    fn column_sql(&self, column: &Column) -> String {
        let ty = self.ty(column.ty);
        let mut sql = format!("{} {}", column_name(column.slot), ty.sql);
        if column.extra == 1 && ty.family == Family::Text && !ty.sql.contains("amount") {
            sql += " collate \"C\"";
        }
        if let Some(expression) = self.expression(column) {
            return sql + &format!(" generated always as ({expression}) stored");
        }
        if let Some(default) = ty.default(column.default, self) {
            sql += &format!(" default {default}");
        }
        if self.is_required(column) {
            sql += " not null";
        }
        sql
    }

    fn is_required(&self, column: &Column) -> bool {
        column.not_null && self.expression(column).is_none() && self.ty(column.ty).sql != "pair"
    }

    pub(super) fn table_sql(&self, at: usize) -> String {
        let Some(table) = &self.tables[at] else { return String::new() };
        let name = TABLES[at];
        let parent = self.parent(at);
        let mut parts = Vec::new();
        if parent.is_none() {
            parts.push(key_sql(table));
            parts.push("ref integer".to_owned());
        }
        parts.extend(self.own(at).into_iter().map(|column| self.column_sql(column)));
        parts.push(format!("constraint \"key {at}\" primary key (id)"));
        for (named, check) in &table.checks {
            let label = named.map(|label| format!("constraint \"check {at} {label}\" ")).unwrap_or_default();
            parts.push(format!("{label}check ({})", self.condition(at, *check)));
        }
        let mut names = std::collections::BTreeSet::new();
        parts.retain(|part| part.split("\" check").next().is_none_or(|head| names.insert(head.to_owned())));
        if let Some((column, how)) = table.unique {
            let columns = self.columns_of(at);
            let all = self.all(at);
            let column = match all.get(column % (all.len() + 1)) {
                Some(found) if self.ty(found.ty).family != Family::Unordered => column_name(found.slot),
                _ => &columns[1],
            };
            let how = ["", " deferrable initially deferred", " deferrable", ""][how % 4];
            parts.push(format!("unique (id, {column}){how}"));
        }
        if let (Some(variant), None) = (table.exclusion, self.parts(at)) {
            let tail = ["", " where (id > 2)", " deferrable"][variant % 3];
            parts.push(format!("exclude using gist (int4range(id::integer, id::integer + 1) with &&){tail}"));
        }
        let tail = match (parent, self.parts(at)) {
            (Some(parent), _) => format!(" inherits ({})", TABLES[parent]),
            (_, Some((by, _))) => format!(" partition by {} (id)", ["range", "list", "hash"][by]),
            _ => String::new(),
        };
        let with = match (table.with % 4, self.parts(at)) {
            (1, None) => " with (fillfactor = 70)",
            (2, None) => " with (autovacuum_enabled = false, fillfactor = 50)",
            _ => "",
        };
        let mut sql = format!("create table {name} ({}){tail}{with};\n", parts.join(", "));
        sql += &self.parts_sql(at);
        for column in self.own(at) {
            let name = format!("{name}.{}", column_name(column.slot));
            match column.extra {
                2 => sql += &format!("comment on column {name} is 'of {at}';\n"),
                3 => {
                    sql +=
                        &format!("alter table {} alter {} set statistics 50;\n", TABLES[at], column_name(column.slot));
                }
                4 if matches!(self.ty(column.ty).sql.as_str(), "text" | "jsonb" | "bytea") => {
                    sql += &format!(
                        "alter table {} alter {} set storage external;\n",
                        TABLES[at],
                        column_name(column.slot)
                    );
                }
                _ => {}
            }
        }
        sql + &self.indexes_sql(at)
    }

    fn parts_sql(&self, at: usize) -> String {
        let Some((by, parts)) = self.parts(at) else { return String::new() };
        let name = TABLES[at];
        let part =
            |label: &str, bound: &str| format!("create table \"part {at} {label}\" partition of {name} {bound};\n");
        // The first part takes all rows that the tests write.
        let first = [
            "for values from (minvalue) to (100)",
            "for values in (10, 20, 30, 40, 50)",
            "for values with (modulus 2, remainder 0)",
        ][by];
        let second =
            ["for values from (100) to (200)", "for values in (100, 200)", "for values with (modulus 2, remainder 1)"]
                [by];
        let mut sql = part("a", first);
        if by == 2 || parts % 2 == 1 {
            sql += &part("b", second);
        }
        if by < 2 && parts >= 2 {
            sql += &part("d", "default");
        }
        if by == 0 && parts >= 3 {
            sql += &part("s", "for values from (300) to (400) partition by hash (id)");
            sql += &format!(
                "create table \"Odd one\".\"sub {at}\" partition of \"part {at} s\" for values with (modulus 1, remainder 0);\n"
            );
        }
        if parts == 4 {
            sql += &format!("create index \"own index {at}\" on \"part {at} a\" (ref);\n");
            sql += &format!("comment on table \"part {at} a\" is 'a part';\n");
            sql += &format!("alter table \"part {at} a\" alter ref set default 5;\n");
        }
        sql
    }

    /// A condition that every row of the tests meets.
    fn condition(&self, at: usize, variant: usize) -> String {
        let column = self.all(at).first().map(|column| column_name(column.slot));
        let twice = self.early[0].is_some();
        match variant % 8 {
            1 if twice => "public.twice(id::integer) > 0".to_owned(),
            2 => format!("{} is not null or id > 0", column.unwrap_or("ref")),
            3 => "id between 1 and 1000".to_owned(),
            4 if self.early[2].is_some() && self.enums[0].is_some() => "length(label('sad')) > 0".to_owned(),
            5 => "ref in (1, 2, 3) or id > 0".to_owned(),
            6 => "coalesce(ref, 1) > 0".to_owned(),
            7 if self.early[1].is_some() => "other.twice(id::integer) >= id or id > 0".to_owned(),
            _ => "id > 0".to_owned(),
        }
    }

    fn indexes_sql(&self, at: usize) -> String {
        let Some(table) = &self.tables[at] else { return String::new() };
        let mut sql = String::new();
        for index in &table.indexes {
            let all = self.all(at);
            let found = all.get(index.column % (all.len() + 1));
            let ordered = found.filter(|column| self.ty(column.ty).family != Family::Unordered);
            let name = ordered.map_or("ref", |column| column_name(column.slot));
            let is = |family: Family| found.is_some_and(|column| self.ty(column.ty).family == family);
            let ty = found.map(|column| self.ty(column.ty).sql).unwrap_or_default();
            let unique = if index.unique && index.kind < 4 { "unique " } else { "" };
            let what = match index.kind {
                1 => format!("(id, {name} desc nulls last)"),
                2 if self.early[0].is_some() => "(id, public.twice(id::integer))".to_owned(),
                3 if is(Family::Text) => format!("(id, (upper({name}::text)))"),
                4 if ty == "jsonb" || ty == "integer[]" => format!("using gin ({name})"),
                5 => format!("using hash ({name})"),
                6 if is(Family::Text) && !ty.contains("amount") && !ty.starts_with("character(") => {
                    format!("({name} collate \"C\" text_pattern_ops)")
                }
                7 if ty == "int4range" => format!("using gist ({name})"),
                _ => format!("(id, {name})"),
            };
            let include = if index.include && !what.starts_with("using") { " include (ref)" } else { "" };
            let filter = match index.partial {
                1 => " where id > 1",
                2 if self.early[0].is_some() => " where public.twice(id::integer) > 4",
                3 => " where ref in (1, 2)",
                _ => "",
            };
            sql += &format!(
                "create {unique}index \"index {at} {}\" on {} {what}{include}{filter};\n",
                index.slot, TABLES[at]
            );
        }
        sql
    }

    pub(super) fn foreign_key_sql(&self, at: usize) -> String {
        let Some(key) = self.tables[at].as_ref().and_then(|table| table.foreign_key.as_ref()) else {
            return String::new();
        };
        if self.tables[key.table % 4].is_none() {
            return String::new();
        }
        let label = if key.named { format!("constraint \"refers {at}\" ") } else { String::new() };
        let action = ["", " on delete cascade", " on delete set null", " on update cascade", " on delete restrict"]
            [key.action % 5];
        let timing = ["", " deferrable", " deferrable initially deferred"][key.timing % 3];
        let target = TABLES[key.table % 4];
        format!("alter table {} add {label}foreign key (ref) references {target} (id){action}{timing};\n", TABLES[at])
    }

    /// What may need functions that read tables.
    pub(super) fn after_tables_sql(&self, at: usize) -> String {
        let Some(table) = &self.tables[at] else { return String::new() };
        let (name, mut sql) = (TABLES[at], String::new());
        if table.late_default && self.late[0].is_some() {
            sql += &format!("alter table {name} alter ref set default total();\n");
        }
        if let Some(trigger) = &table.trigger {
            let event = ["insert", "update", "update of ref", "insert or update of id"][trigger.event % 4];
            let timing = if trigger.after { "after" } else { "before" };
            let level = if trigger.row { "row" } else { "statement" };
            let when = match trigger.when {
                1 if trigger.row => " when (new.id > 3)",
                2 if trigger.row && self.early[0].is_some() => " when (public.twice(new.id::integer) > 3)",
                _ => "",
            };
            sql += &format!(
                "create trigger \"watch {at}\" {timing} {event} on {name} for each {level}{when} execute function noop();\n"
            );
            if let Some(state) =
                ["", "disable", "enable always", "enable replica"].get(trigger.state % 4).filter(|s| !s.is_empty())
            {
                sql += &format!("alter table {name} {state} trigger \"watch {at}\";\n");
            }
        }
        if let Some(policy) = &table.policy {
            let role = ["public", "trueup_reader", "trueup_reader, trueup_writer"][policy.role % 3];
            let other = TABLES[self.tables.iter().position(Option::is_some).unwrap_or(at)];
            let using = match policy.using % 5 {
                1 => "id > 0".to_owned(),
                2 if self.early[0].is_some() => "public.twice(id::integer) > 0".to_owned(),
                3 => format!("exists (select 1 from {other} o where o.id > 3)"),
                4 if self.late[0].is_some() => "total() > 1".to_owned(),
                _ => "true".to_owned(),
            };
            let (command, clause) =
                [("all", "using"), ("select", "using"), ("insert", "with check"), ("update", "using")]
                    [policy.command % 4];
            let forced = if policy.forced { "force" } else { "enable" };
            sql += &format!("alter table {name} {forced} row level security;\n");
            sql += &format!("create policy \"own {at}\" on {name} for {command} to {role} {clause} ({using});\n");
        }
        for (bit, grant) in [
            "select on {} to trueup_reader",
            "update (id) on {} to trueup_writer",
            "insert on {} to trueup_writer with grant option",
        ]
        .into_iter()
        .enumerate()
        {
            if table.grants >> bit & 1 == 1 {
                sql += &format!("grant {};\n", grant.replace("{}", name));
            }
        }
        if table.comment % 4 > 0 {
            sql += &format!("comment on table {name} is 'number {}';\n", table.comment % 4);
        }
        if table.statistics {
            sql += &format!("create statistics \"stats {at}\" on id, ref from {name};\n");
        }
        if table.rule {
            sql += &format!("create rule quiet as on delete to {name} where old.id < 0 do instead nothing;\n");
        }
        sql
    }

    /// Rows for every table, up to five each.
    pub(crate) fn rows(&self, counts: &[usize]) -> String {
        let mut sql = String::new();
        for (at, count) in counts.iter().enumerate().filter(|(at, _)| self.tables[*at].is_some()) {
            for number in 1..=*count {
                let key = self.tables[at].as_ref().and_then(|table| table.foreign_key.as_ref());
                let target = key.filter(|key| number == 1 && self.tables[key.table % 4].is_some());
                let reference = target.map_or_else(
                    || "null".to_owned(),
                    |key| format!("(select min(id)::integer from {})", TABLES[key.table % 4]),
                );
                let (mut names, mut values) = (vec!["id", "ref"], vec![(number * 10).to_string(), reference]);
                for column in self.all(at).into_iter().filter(|column| self.expression(column).is_none()) {
                    let ty = self.ty(column.ty);
                    let nothing = number % 3 == 0 && !self.is_required(column) && !ty.sql.contains("amount");
                    names.push(column_name(column.slot));
                    values.push(if nothing { "null".to_owned() } else { ty.value(number + column.slot) });
                }
                let (names, values) = (names.join(", "), values.join(", "));
                sql += &format!("insert into {} ({names}) overriding system value values ({values});\n", TABLES[at]);
            }
        }
        sql
    }
}

fn key_sql(table: &Table) -> String {
    let ty = if table.big_key { "bigint" } else { "integer" };
    match table.key {
        Key::Plain => format!("id {ty}"),
        Key::Serial => format!("id {}", if table.big_key { "bigserial" } else { "serial" }),
        Key::Always => format!("id {ty} generated always as identity"),
        Key::ByDefault => format!("id {ty} generated by default as identity"),
        Key::Stepping(options) => {
            let options =
                ["start 100", "increment by 3", "start 5 minvalue 2 cache 4", "maxvalue 30000 cycle"][options % 4];
            format!("id {ty} generated by default as identity ({options})")
        }
    }
}
