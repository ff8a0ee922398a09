//! An import into TOML that is there: it says then what the database holds, whatever way it was written.

use super::on_each;

/// Imports, changes the database, and imports again; then a plan has nothing to do. The TOML is the import's own unless one
/// is given.
fn after(before: &str, toml: Option<&str>, change: &str) {
    on_each(|project, database| {
        database.run(before).unwrap();
        match toml {
            Some(toml) => project.write_schema(toml),
            None => {
                project.import().must(0);
            }
        }
        project.plan().must(0);
        database.run(change).unwrap();
        project.plan().must(2);
        project.import().must(0);
        project.plan().must(0);
        project.import().must(0).says("Nothing to write");
    });
}

#[test]
fn comments_of_what_belongs_to_an_object() {
    let before = "create table t (id int primary key, b text, c int unique check (c > 0)); create index i on t (b); \
         comment on column t.b is 'x'; create view v as select * from t; create type cc as (a int, b int); \
         create domain d as int constraint dc check (value > 1); \
         create function f() returns trigger language plpgsql as 'begin return new; end'; \
         create trigger g before insert on t for each row execute function f(); comment on trigger g on t is 'a'";
    let change = "comment on column t.b is 'y'; comment on column t.c is 'z'; comment on constraint t_pkey on t is 'p'; \
         comment on constraint t_c_key on t is 'u'; comment on constraint t_c_check on t is 'c'; comment on index i is 'i'; \
         comment on trigger g on t is null; comment on column v.b is 'v'; comment on column cc.b is 'cb'; \
         comment on constraint dc on domain d is 'dc'";
    after(before, None, change);
    let gone = "comment on column t.b is null; comment on constraint t_pkey on t is null; \
         comment on constraint t_c_key on t is null; comment on index i is null";
    after(&format!("{before}; {change}"), None, gone);
}

#[test]
fn the_sequence_of_what_was_serial() {
    let dotted = "[table.t]\nprimary_key = [\"id\"]\ncolumn.id = { type = \"serial\" }\n";
    let apart = "[table.t]\nprimary_key = [\"id\"]\n[table.t.column]\nid = { type = \"serial\" }\n";
    for toml in [dotted, apart] {
        for change in ["alter table t alter id drop default", "alter sequence t_id_seq increment 5"] {
            after("create table t (id serial primary key)", Some(toml), change);
        }
    }
}

/// An edit beside what people have written in another way may not read: then the object is written anew.
#[test]
fn what_is_written_in_other_forms_of_toml() {
    after(
        "create foreign data wrapper w; create server s foreign data wrapper w options (host 'h')",
        Some("[foreign_data_wrapper.w]\n[foreign_server.s]\nwrapper = \"w\"\noptions.host = \"h\"\n"),
        "alter server s options (set host 'i')",
    );
    after(
        "create text search configuration c (parser = default); \
         alter text search configuration c add mapping for word with simple",
        Some("[text_search_configuration.c]\nparser = \"default\"\nmapping.word = [\"simple\"]\n"),
        "alter text search configuration c alter mapping for word with english_stem",
    );
    after(
        "create table t (d timestamptz default now())",
        Some("[table.t.column.d]\ntype = \"timestamptz\"\nnull = true\n[table.t.column.d.default]\nsql = \"now()\"\n"),
        "alter table t alter d set default now() + '1 day'",
    );
    after(
        "create table t (a int); create view v as select a from t; create rule r as on delete to v do instead nothing",
        Some(
            "[table.t.column]\na = { type = \"int\", null = true }\n[view.v]\nquery = \"SELECT a FROM t\"\n\
             rule.r = { event = \"delete\", instead = true, do = \"NOTHING\" }\n",
        ),
        "alter view v alter column a set default 7",
    );
}

/// What the TOML says for other databases is nothing that this one could tell.
#[test]
fn what_is_for_other_databases_is_not_lost() {
    on_each(|project, database| {
        database.run("create table t (id int primary key)").unwrap();
        let toml = "[table.t]\nprimary_key = [\"id\"]\n[table.t.column]\nid = { type = \"int\" }\n\
                    m = { type = \"int\", null = true, only = [\"mysql\"] }\n";
        project.write_schema(toml);
        project.plan().must(0);
        database.run("alter table t add m text").unwrap();
        project.import().must(1).says("what it says for some databases only would be lost");
        let left = std::fs::read_to_string(project.schema.join("schema.toml")).unwrap();
        assert_eq!(left, toml);
    });
}
