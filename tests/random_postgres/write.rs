//! The SQL of a schema, in an order in which PostgreSQL takes it.

use super::{Domain, Function, Schema, TABLES, VIEWS, View};

/// The folder of functions and so on that a schema is written to.
const HEAD: &str = "create schema other;\ncreate schema \"Odd one\";\n\
    create function noop() returns trigger language plpgsql as $$ begin return new; end $$;\n";

impl Schema {
    /// The statements that make it.
    pub(crate) fn sql(&self) -> String {
        let mut sql = HEAD.to_owned();
        for (at, name) in ["mood", "other.mood"].into_iter().enumerate() {
            if let Some(values) = self.values(at) {
                let values: Vec<_> = values.iter().map(|value| format!("'{value}'")).collect();
                sql += &format!("create type {name} as enum ({});\n", values.join(", "));
            }
        }
        for at in 0..3 {
            sql += &self.early(at).unwrap_or_default();
        }
        for (at, name) in ["amount", "\"Odd one\".amount"].into_iter().enumerate() {
            if let Some(domain) = &self.domains[at] {
                sql += &self.domain(domain, name);
            }
        }
        if let Some(bits) = self.composite {
            let mood = if self.enums[0].is_some() { "c mood" } else { "c text" };
            let all = ["a integer", "b text", mood, "\"D d\" numeric(8,2)"];
            let own: Vec<_> = (0..4).filter(|at| bits >> at & 1 == 1).map(|at| all[at]).collect();
            sql += &format!("create type pair as ({});\n", own.join(", "));
        }
        if let Some(options) = self.sequence {
            let options = ["", " increment by 5", " as smallint maxvalue 900 cycle", " start 7 cache 10"][options % 4];
            sql += &format!("create sequence steps{options};\n");
        }
        for at in 0..TABLES.len() {
            sql += &self.table_sql(at);
        }
        for at in 0..TABLES.len() {
            sql += &self.foreign_key_sql(at);
        }
        for at in 0..2 {
            sql += &self.late(at).unwrap_or_default();
        }
        for at in 0..TABLES.len() {
            sql += &self.after_tables_sql(at);
        }
        for at in 0..VIEWS.len() {
            sql += &self.view_sql(at);
        }
        sql
    }

    fn domain(&self, domain: &Domain, name: &str) -> String {
        let base = ["integer", "bigint", "numeric", "text"][domain.base % 4];
        let is_text = base == "text";
        let default = match (domain.default, is_text) {
            (true, true) => " default 'd'",
            (true, false) => " default 3",
            _ => "",
        };
        let check = domain.check.map(|check| match (check % 3, is_text) {
            (_, true) => " constraint fits check (length(value) < 40)",
            (1, _) if self.early[0].is_some() => " constraint fits check (public.twice(value::integer) > -9)",
            (2, _) => " check (value between -5 and 5000)",
            _ => " constraint fits check (value > -3)",
        });
        let null = if domain.not_null { " not null" } else { "" };
        format!("create domain {name} as {base}{default}{null}{};\n", check.unwrap_or_default())
    }

    /// A function that needs no table.
    fn early(&self, at: usize) -> Option<String> {
        let function = self.early[at].as_ref()?;
        let number = if function.big { "bigint" } else { "integer" };
        let (name, arguments, returns) = match at {
            0 => ("twice", "integer", number),
            1 => ("other.twice", "integer", number),
            _ if self.enums[0].is_some() => ("label", "mood", "text"),
            _ => ("label", "text", "text"),
        };
        let plus = function.body % 3;
        let inner = if at == 1 && self.early[0].is_some() && plus == 2 { "public.twice($1)" } else { "$1" };
        let expression = match at {
            2 if self.early[0].is_some() && plus == 1 => "public.twice(2)::text || $1::text".to_owned(),
            2 => format!("$1::text || '{plus}'"),
            _ => format!("({inner} * 2 + {plus})::{number}"),
        };
        Some(Self::function(function, name, arguments, returns, &expression, "immutable"))
    }

    /// A function that reads a table.
    fn late(&self, at: usize) -> Option<String> {
        let function = self.late[at].as_ref()?;
        let table = TABLES[self.tables.iter().position(Option::is_some)?];
        if at == 0 {
            let filter = ["", " where id > 4", " where id is not null"][function.body % 3];
            let expression = format!("(select count(*) from {table}{filter})");
            return Some(Self::function(function, "total", "", "bigint", &expression, "stable"));
        }
        let filter = ["id = $1", "id > $1", "id = $1 or id = 3"][function.body % 3];
        let body = format!("select * from {table} where {filter}");
        let body = match function.language % 3 {
            0 => format!("language sql stable as $$ {body} $$"),
            1 => format!("language plpgsql stable as $$ begin return query {body}; end $$"),
            _ => format!("language sql stable begin atomic {body}; end"),
        };
        Some(format!("create function first_of(integer) returns setof {table} {body};\n"))
    }

    fn function(
        function: &Function,
        name: &str,
        arguments: &str,
        returns: &str,
        expression: &str,
        how: &str,
    ) -> String {
        let options = ["", " strict", " parallel safe", " cost 7", " leakproof strict", " set work_mem to '8MB'"];
        let options = options[function.options % options.len()];
        let body = match function.language % 3 {
            0 => format!("language sql {how}{options} as $$ select {expression} $$"),
            1 => format!("language plpgsql {how}{options} as $$ begin return {expression}; end $$"),
            _ => format!("language sql {how}{options} return {expression}"),
        };
        let mut sql = format!("create function {name}({arguments}) returns {returns} {body};\n");
        let id = format!("{name}({arguments})");
        sql += &match function.grant % 4 {
            1 => format!("revoke all on function {id} from public;\n"),
            2 => format!("grant execute on function {id} to trueup_reader;\n"),
            _ => String::new(),
        };
        if function.comment {
            sql += &format!("comment on function {id} is 'does {}; it''s';\n", function.body % 3);
        }
        sql
    }

    /// The columns of a view.
    fn view_columns(&self, at: usize) -> Vec<String> {
        let Some(view) = &self.views[at] else { return Vec::new() };
        let (_, base) = self.base(view, at);
        let mut columns: Vec<_> = base
            .into_iter()
            .enumerate()
            .filter(|(i, _)| *i == 0 || view.columns >> (i % 6) & 1 == 1)
            .map(|(_, c)| c)
            .collect();
        if columns.is_empty() {
            columns.push("id".to_owned());
        }
        columns
    }

    /// What a view is over, with its columns.
    fn base(&self, view: &View, at: usize) -> (Option<&'static str>, Vec<String>) {
        let over = view.over % (4 + at);
        if over >= 4 && self.views[over - 4].is_some() {
            return (Some(VIEWS[over - 4]), self.view_columns(over - 4));
        }
        let table = (0..4).map(|i| (over + i) % 4).find(|slot| self.tables[*slot].is_some());
        (table.map(|slot| TABLES[slot]), table.map(|slot| self.columns_of(slot)).unwrap_or_default())
    }

    fn view_sql(&self, at: usize) -> String {
        let Some(view) = &self.views[at] else { return String::new() };
        let name = VIEWS[at];
        let (base, _) = self.base(view, at);
        let columns = self.view_columns(at);
        let mut list: Vec<_> = match base {
            Some(_) => columns.iter().map(|column| format!("b.{column}")).collect(),
            None => vec!["1 as id".to_owned()],
        };
        let join =
            view.join.filter(|slot| base.is_some() && self.tables[slot % 4].is_some()).map(|slot| TABLES[slot % 4]);
        if join.is_some() {
            list.push("j.id as joined".to_owned());
        }
        if view.options % 4 == 3 && self.early[2].is_some() && self.enums[0].is_some() {
            list.push("label('sad') as labelled".to_owned());
        }
        let mut query = format!("select {}", list.join(", "));
        if let Some(base) = base {
            query += &format!(" from {base} b");
            if let Some(join) = join {
                query += &format!(" left join {join} j on j.id = b.id");
            }
            let filter = match view.filter % 7 {
                1 => "b.id > 5",
                2 if self.early[0].is_some() => "public.twice(b.id::integer) > 3",
                3 => "b.id in (1, 2, 30)",
                4 if self.early[1].is_some() => "b.id between 1 and other.twice(9)",
                5 if self.late[1].is_some() => "exists (select from first_of(1) f where f.id = b.id)",
                6 if self.late[0].is_some() => "total() > 0",
                _ => "",
            };
            if !filter.is_empty() {
                query += &format!(" where {filter}");
            }
        }
        let kind = if view.materialized { "materialized view" } else { "view" };
        let options = match view.options % 4 {
            1 if !view.materialized => " with (security_barrier)",
            2 if !view.materialized => " with (security_invoker = true)",
            2 => " with (fillfactor = 60)",
            _ => "",
        };
        let mut sql = format!("create {kind} {name}{options} as {query};\n");
        if view.materialized {
            sql += &format!("create index on {name} (id);\n");
        }
        if view.grant {
            sql += &format!("grant select on {name} to trueup_reader;\n");
        }
        if view.comment % 4 > 0 {
            sql += &format!("comment on {kind} {name} is 'number {}';\n", view.comment % 4);
            sql += &format!("comment on column {name}.id is 'the key {}';\n", view.comment % 2);
        }
        if view.trigger && !view.materialized {
            sql +=
                &format!("create trigger instead instead of update on {name} for each row execute function noop();\n");
        }
        sql
    }
}
