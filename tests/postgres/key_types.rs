//! Between which types a foreign key can be: what the plan says against what the server does.

use std::collections::BTreeSet;

use super::on_each;

const TYPES: [&str; 22] = [
    "integer",
    "smallint",
    "bigint",
    "numeric",
    "real",
    "double precision",
    "text",
    "character varying(5)",
    "character(3)",
    "name",
    "uuid",
    "date",
    "timestamp without time zone",
    "timestamp with time zone",
    "interval",
    "boolean",
    "bytea",
    "inet",
    "oid",
    "en",
    "dn",
    "dt",
];

#[test]
fn the_plan_refuses_what_the_server_does() {
    on_each(|project, database| {
        database.run("create type en as enum ('a'); create domain dn as int; create domain dt as varchar(9)").unwrap();
        let mut toml = String::from(
            "[enum.en]\nvalues = [\"a\"]\n[domain]\ndn = { type = \"integer\" }\ndt = { type = \"varchar(9)\" }\n",
        );
        for (at, ty) in TYPES.iter().enumerate() {
            database.run(&format!("create table p{at} (id {ty} primary key)")).unwrap();
            toml += &format!("[table.p{at}]\nprimary_key = [\"id\"]\ncolumn.id = {{ type = \"{ty}\" }}\n");
        }
        for own in TYPES {
            let mut keys = "[table.c.column]\n".to_owned();
            let mut refused = BTreeSet::new();
            for (at, _) in TYPES.iter().enumerate().filter(|(_, ty)| **ty != own) {
                keys += &format!("k{at} = {{ type = \"{own}\", null = true, references = \"p{at}(id)\" }}\n");
                if let Err(message) = database.run(&format!("create table x (k {own} references p{at}); drop table x"))
                {
                    assert!(message.contains("cannot be implemented"), "{message}");
                    refused.insert(format!("table.c.foreign_key.c_k{at}_fkey"));
                }
            }
            project.write_schema(&format!("{toml}{keys}"));
            let plan = project.plan();
            let said: BTreeSet<String> = plan
                .text()
                .lines()
                .filter(|line| line.contains("does not compare"))
                .filter_map(|line| Some(line.strip_prefix("error: ")?.split(':').next()?.to_owned()))
                .collect();
            assert_eq!(said, refused, "{own}: {plan}");
        }
    });
}
