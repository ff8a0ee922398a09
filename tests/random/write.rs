//! A random schema as SQL.

use super::{Column, ForeignKey, Index, Key, Schema, Search, Table, Trigger, Unique, View};
use crate::support::rows::quote;

/// Types of ordinary tables.
const TYPES: [&str; 8] = ["integer", "text", "real", "blob", "numeric", "varchar(20)", "DECIMAL(10, 2)", ""];
/// Types of STRICT tables.
const STRICT_TYPES: [&str; 5] = ["integer", "text", "real", "blob", "any"];
const DEFAULTS: [&str; 7] = ["0", "-1", "'x'", "''", "null", "(1 + 1)", "'it''s'"];
const STRICT_DEFAULT: &str = "null";
pub(crate) const COLLATIONS: [&str; 2] = ["nocase", "rtrim"];
const CONFLICTS: [&str; 3] = ["ignore", "replace", "fail"];
const ACTIONS: [&str; 5] = ["no action", "restrict", "cascade", "set null", "set default"];
const CHECKS: [&str; 5] =
    ["length(@) < 1000", "@ is null or @ <> '; --'", "@ not in ('(', ')')", "typeof(@) <> 'nothing'", OF_ROWID];
/// Not for a table that has none.
const OF_ROWID: &str = "rowid > -1 or @ is null";
/// The name of the full text index, and its own columns.
const SEARCH: &str = "se'arch";
const SEARCHED: [&str; 3] = ["title", "the body", "no\"te"];

impl Schema {
    /// The statements that make it.
    pub(crate) fn sql(&self) -> String {
        let mut statements = Vec::new();
        for table in &self.tables {
            statements.push(table.sql(&self.tables));
        }
        for table in &self.tables {
            for index in &table.indexes {
                statements.push(index.sql(table));
            }
            if let Some(view) = &table.view {
                statements.push(view.sql(table));
            }
            if let Some(trigger) = &table.trigger {
                statements.push(trigger.sql(table, &self.tables));
            }
        }
        if let Some(search) = &self.search {
            statements.extend(search.sql(&self.tables));
        }
        statements.join(";\n") + ";\n"
    }
}

impl Table {
    /// The names of the columns that hold values, `id` among them if there is one.
    pub(crate) fn stored(&self) -> Vec<&str> {
        let own = self.columns.iter().filter(|column| column.generated.is_none()).map(|column| column.name.as_str());
        self.has_id().then_some("id").into_iter().chain(own).collect()
    }

    pub(crate) fn has_id(&self) -> bool {
        self.key != Key::None
    }

    pub(crate) fn column(&self, at: usize) -> &str {
        let stored = self.stored();
        stored.get(at % stored.len().max(1)).copied().unwrap_or("rowid")
    }

    pub(crate) fn type_of(&self, column: &Column) -> &'static str {
        if self.strict && column.generated.is_some() {
            return "text";
        }
        if self.strict { STRICT_TYPES[column.ty % STRICT_TYPES.len()] } else { TYPES[column.ty % TYPES.len()] }
    }

    fn sql(&self, all: &[Self]) -> String {
        let mut parts = Vec::new();
        match self.key {
            Key::None => {}
            Key::Rowid => parts.push("id integer primary key".to_owned()),
            Key::Autoincrement => parts.push("id integer primary key autoincrement".to_owned()),
            Key::Composite { .. } => parts.push("id integer not null".to_owned()),
            Key::Text | Key::WithoutRowid => parts.push("id text not null primary key".to_owned()),
        }
        parts.extend(self.columns.iter().map(|column| self.column_sql(column)));
        if let Key::Composite { descending } = self.key {
            let second = self.stored().get(1).map(|name| format!(", {}", quote(name))).unwrap_or_default();
            parts.push(format!("primary key (id{second}{})", if descending { " desc" } else { "" }));
        }
        for (name, check) in &self.checks {
            let column = quote(self.column(*check));
            let sql = match CHECKS[check % CHECKS.len()] {
                OF_ROWID if self.key == Key::WithoutRowid => CHECKS[0],
                sql => sql,
            };
            parts.push(format!("{}check ({})", named(name.as_ref()), sql.replace('@', &column)));
        }
        parts.extend(self.uniques.iter().map(|unique| unique.sql(self)));
        parts.extend(self.foreign_keys.iter().filter_map(|key| key.sql(self, all)));
        let mut options = Vec::new();
        if self.strict {
            options.push("strict");
        }
        if self.key == Key::WithoutRowid {
            options.push("without rowid");
        }
        format!("create table {} (\n  {}\n) {}", quote(&self.name), parts.join(",\n  "), options.join(", "))
    }

    fn column_sql(&self, column: &Column) -> String {
        let mut sql = format!("{} {}", quote(&column.name), self.type_of(column));
        if let Some(stored) = column.generated {
            let kind = if stored { "stored" } else { "virtual" };
            return format!("{sql} generated always as ({} || '!') {kind}", quote(self.stored()[0]));
        }
        if column.not_null {
            sql += " not null";
        }
        if let Some(default) = column.default {
            let default = if self.strict || column.not_null { "" } else { DEFAULTS[default % DEFAULTS.len()] };
            let default = if default.is_empty() && !column.not_null { STRICT_DEFAULT } else { default };
            if !default.is_empty() {
                sql = format!("{sql} default {default}");
            }
        }
        if let Some(collation) = column.collation {
            sql = format!("{sql} collate {}", COLLATIONS[collation % COLLATIONS.len()]);
        }
        sql
    }
}

fn named(name: Option<&String>) -> String {
    name.map(|name| format!("constraint {} ", quote(name))).unwrap_or_default()
}

impl Unique {
    fn sql(&self, table: &Table) -> String {
        let (one, two) = (table.column(self.columns.0), table.column(self.columns.1));
        let columns = if one == two { quote(one) } else { format!("{}, {}", quote(one), quote(two)) };
        let conflict = self.on_conflict.map(|word| format!(" on conflict {}", CONFLICTS[word % CONFLICTS.len()]));
        format!("{}unique ({columns}){}", named(self.name.as_ref()), conflict.unwrap_or_default())
    }
}

impl Index {
    fn sql(&self, table: &Table) -> String {
        let one = quote(table.column(self.columns.0));
        let first = if self.expression { format!("lower({one})") } else { one.clone() };
        let collation = self.collation.map(|at| format!(" collate {}", COLLATIONS[at % COLLATIONS.len()]));
        let two = quote(table.column(self.columns.1));
        let second = if one == two && !self.expression { String::new() } else { format!(", {two}") };
        let (descending, partial) = (if self.descending { " desc" } else { "" }, format!(" where {two} is not null"));
        let partial = if self.partial { partial.as_str() } else { "" };
        let (name, on) = (quote(&self.name), quote(&table.name));
        format!("create index {name} on {on} ({first}{}{descending}{second}){partial}", collation.unwrap_or_default())
    }
}

impl ForeignKey {
    fn sql(&self, table: &Table, all: &[Table]) -> Option<String> {
        let keyed: Vec<_> =
            all.iter().filter(|other| !matches!(other.key, Key::None | Key::Composite { .. })).collect();
        let target = keyed.get(self.table % keyed.len().max(1))?;
        let deferred = if self.deferred { " deferrable initially deferred" } else { "" };
        let action = ACTIONS[self.on_delete % ACTIONS.len()];
        let (column, target) = (quote(table.column(self.column)), quote(&target.name));
        let name = named(self.name.as_ref());
        Some(format!("{name}foreign key ({column}) references {target} (id) on delete {action}{deferred}"))
    }
}

impl Search {
    /// The table whose rows it is over, and the columns: an index reads them by a rowid.
    fn content<'a>(&self, all: &'a [Table]) -> Option<(&'a Table, Vec<&'a str>)> {
        let table = &all[self.content? % all.len()];
        if !matches!(table.key, Key::Rowid | Key::Autoincrement) {
            return None;
        }
        // FTS5 keeps this name for itself.
        let columns: Vec<_> = table.stored().into_iter().filter(|name| !matches!(*name, "id" | "rowid")).collect();
        (!columns.is_empty()).then_some((table, columns))
    }

    fn own(&self) -> Vec<&'static str> {
        let picked = SEARCHED.iter().enumerate().filter(|(at, _)| self.columns >> at & 1 == 1);
        picked.map(|(_, name)| *name).collect()
    }

    fn sql(&self, all: &[Table]) -> Vec<String> {
        let (columns, content) = match self.content(all) {
            Some((table, columns)) => {
                let name = table.name.replace('\'', "''");
                (columns, vec![format!("content='{name}'"), "content_rowid='id'".to_owned()])
            }
            None => (self.own(), Vec::new()),
        };
        let prefix = self.prefix.then(|| "prefix = '2 3'".to_owned());
        let porter = self.porter.then(|| "tokenize=porter".to_owned());
        let arguments: Vec<_> = columns.into_iter().map(quote).chain(content).chain(prefix).chain(porter).collect();
        let (name, table) = (quote(SEARCH), quote(&all[0].name));
        let mut statements = vec![format!("create virtual table {name} using fts5({})", arguments.join(", "))];
        if self.named {
            statements.push(format!("create view \"what is found\" as select rowid from {name}"));
            statements.push(format!(
                "create trigger unfind after delete on {table} begin\n  delete from {name} where rowid = -1;\nend"
            ));
        }
        statements
    }

    /// A row, where it has rows of its own.
    pub(super) fn row(&self, all: &[Table]) -> Option<String> {
        let columns = self.own().into_iter().map(quote).collect::<Vec<_>>();
        let values = (0..columns.len()).map(|at| format!("'running {at}'")).collect::<Vec<_>>();
        let (name, columns, values) = (quote(SEARCH), columns.join(", "), values.join(", "));
        self.content(all).is_none().then(|| format!("insert into {name} (rowid, {columns}) values (30, {values});\n"))
    }
}

impl View {
    fn sql(&self, table: &Table) -> String {
        let name = quote(&format!("view of {}", table.name));
        let columns = if self.star { "*".to_owned() } else { quote(table.column(self.column)) };
        let comment = if self.comment { " -- what is seen\n" } else { " " };
        format!("create view {name} as{comment}select {columns} from {}", quote(&table.name))
    }
}

impl Trigger {
    fn sql(&self, table: &Table, all: &[Table]) -> String {
        let name = quote(&format!("trigger of {}", table.name));
        let timing = ["before", "after"][self.timing % 2];
        let column = quote(table.column(self.column));
        let event = match self.event % 4 {
            0 => "insert".to_owned(),
            1 => "delete".to_owned(),
            2 => "update".to_owned(),
            _ => format!("update of {column}"),
        };
        let row = if self.event % 4 == 1 { "old" } else { "new" };
        let other = &all[self.table % all.len()];
        let (on, other_column, other) = (quote(&table.name), quote(other.column(self.column)), quote(&other.name));
        format!(
            "create trigger {name} {timing} {event} on {on} when {row}.{column} is 'never; end' begin\n  \
             update {other} set {other_column} = {row}.{column} where {other_column} = 'x';\nend"
        )
    }
}
