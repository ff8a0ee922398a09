//! Every error with its place, as a person sees it.

use super::said;

/// Each case is one document and what is said of it.
fn cases(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("{text}\n---\n{}\n", said(&[text]))).collect::<Vec<_>>().join("======\n")
}

#[test]
fn keys_and_values() {
    let said = cases(&[
        "[tabel.a]",
        "[column]\na = {}",
        "table = 1",
        "[table]\na = 1",
        "[table.order]\ncolums = {}\ncolumn.a = {}",
        "[table.billing.invoice]\ncolumn.a = {}",
        "[table.a]\nincludes_nothing = 1\ncolumn.a = {}",
        "[table.a.column]\nid = { type = \"int\", nullable = true }",
        "[table.a.column]\nid = { typo = \"int\" }",
        "[table.a.column]\nid = { type = 1, null = \"no\" }",
        "[table.a.column]\nid = \"int\"",
        "[table.a.column]\nid = {}\nprimary_key = [\"id\"]",
        "[table.\"a b\".column]\nid = {}\nstrict = true",
        "[table.a]\nprimary_key = \"id\"\ncolumn.id = {}",
        "[table.a]\nprimary_key = []\ncolumn.id = {}",
        "[table.a]\nprimary_key = [\"first name\"]\ncolumn.\"first name\" = {}",
        "[table.a.column]\nid = { default = 2024-01-01 }\nb = { default = inf }",
        "[table.a.column]\nid = { default = { sqll = \"1\" } }",
        "[table.a.column]\nid = { generated = \"1\" }\nx = { generated = {} }",
        "[table.a.column]\nid = { type = { postgres = \"int\", sqllite = \"int\" } }",
        "[table.a.column]\nid = { primary_key = [\"id\"] }",
        "[table.a.column]\nid = { references = \"b(\", on_delete = \"cascad\" }",
        "[table.a.column]\nid = { on_conflict = \"ignore\" }\nb = { on_conflict = { not_null = \"ignored\" } }",
        "[table.a]\ncolumn.id = {}\n[table.a.foreign_key.f]\ncolumns = [\"id\"]\nreferences = \"a(id)\"\ndeferrable = true",
        "[table.a]\ncolumn.id = {}\n[table.a.index]\ni = { unique = true }\nj = [{ column = \"id\", sql = \"id\" }]\nk = [\"id down\"]",
        "[table.a]\ncolumn.id = {}\n[table.a.index]\nl = [\"lower(id)\"]\nm = { columns = [\"id\", \"lower(id) desc\"] }",
        "[view.v]\nsql = \"select 1\"",
        "[view.v]\nquery = [\"select 1\"]",
        "[table.a]\nonly = [\"sqlite3\"]\ncolumn.id = {}",
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn what_other_databases_have() {
    let said = cases(&[
        "[table.a]\nengine = \"InnoDB\"\ncolumn.id = {}",
        "[table.a]\nengine = { mysql = \"InnoDB\" }\ncolumn.id = {}",
        "[table.a]\nengine = { sqlite = \"InnoDB\" }\ncolumn.id = {}",
        "[table.a]\ncolumn.id = { identity = \"always\" }",
        "[table.a]\ncolumn.id = { auto_increment = true }",
        "[table.a]\ncolumn.id = {}\n[table.a.policy.own]\nusing = \"true\"",
        "[table.a]\ncolumn.id = {}\n[table.a.policy.own]\nonly = [\"postgres\"]\nusing = \"true\"",
        "[table.a]\ncolumn.id = {}\nindex.i = { columns = [{ column = \"id\", opclass = \"x\" }] }",
        "[table.a]\ncolumn.id = {}\nindex.i = [\"id nulls last\"]",
        "[table.a]\ncolumn.id = { references = \"a(id)\", on_delete = \"set null (id)\" }",
        "[enum.status]\nvalues = [\"a\"]",
        "[enum.status]\nonly = [\"postgres\"]\nvalues = [\"a\"]",
        "only = [\"postgres\", \"mysql\"]\n[enum.status]\nvalues = [\"a\"]\n[table.a]\nengine = \"x\"",
        "in_schema = \"billing\"\n[table.a]\ncolumn.id = {}",
        "[table.\"billing.invoice\"]\ncolumn.id = {}",
        "[table.a]\ncolumn.id = { references = \"billing.invoice(id)\" }",
        "[table.'\"a']\ncolumn.id = {}",
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn meaning() {
    let said = cases(&[
        "[table.a]",
        "[table.a]\nstrict = true",
        "[table.a]\nprimary_key = [\"idd\"]\ncolumn.id = {}",
        "[table.a]\nprimary_key = [{ sql = \"id + 1\" }]\ncolumn.id = {}",
        "[table.a]\nprimary_key = [\"id\"]\n[table.a.column]\nid = { primary_key = true }",
        "[table.a.column]\nid = { primary_key = true }\nb = { primary_key = true }",
        "[table.a]\nprimary_key = [\"b\"]\n[table.a.column]\nid = { type = \"integer\", primary_key = true, autoincrement = true }\nb = { type = \"integer\", autoincrement = true }",
        "[table.a.column]\nid = {}\nID = {}",
        "[table.a.column]\nid = {}\n[table.A.column]\nid = {}",
        "[table.a.column]\nid = {}\n[view.a]\nquery = \"select 1\"",
        "[table.a]\ncolumn.id = {}\nindex.i = [\"id\"]\n[table.b]\ncolumn.id = {}\nindex.I = [\"id\"]",
        "[table.a]\ncolumn.id = {}\nunique.u = [\"x\"]\nindex.i = [\"idx\"]\nforeign_key.f = { columns = [\"y\"], references = \"a\" }",
        "[table.a]\ncolumn.id = {}\nunique.u = { columns = [\"id\"], on_conflict = \"ignored\" }",
        "[table.a.column]\nid = { default = 1, generated = { stored = \"2\" } }",
        "[table.a.column]\nid = { generated = { stored = \"2\", virtual = \"3\" } }",
        "[table.a.column]\nid = { on_delete = \"cascade\" }",
        "[table.a.column]\nid = { on_update = \"current_timestamp()\" }",
        "[table.a.column]\nid = { autoincrement = true }",
        "[table.a.column]\nid = { on_conflict = { unique = \"ignore\" } }",
        "[table.a.column]\nid = { null = true, on_conflict = { not_null = \"ignore\" } }",
        "[table.a]\nwithout_rowid = true\nprimary_key = [\"id\"]\n[table.a.column]\nid = { null = true }",
        "[table.a.column]\nid = { renamed_from = \"id\" }",
        "[table.custmer.column]\nid = { primary_key = true }\n[table.b.column]\na = { references = \"customer(id)\" }",
        "[table.customer.column]\nid = { primary_key = true }\n[table.b.column]\na = { references = \"customer(idd)\" }\nb = { references = \"customer(a, b)\" }",
        "[table.customer.column]\nid = {}\n[table.b.column]\na = { references = \"customer\" }\nb = { references = \"nothing\" }",
        "[table.a.column]\na = { default = \"now()\" }\nb = { default = \"NULL\" }\nc = { default = \"true\" }\nd = { backfill = \"current_timestamp\" }",
        "[table.a]\ncolumn.id = {}\n[table.a.trigger.t]\nbody = \"select 1;\"",
        "[table.a]\ncolumn.id = {}\n[table.a.trigger.t]\ntiming = \"after\"\nevents = [\"insert\", \"upsert\"]\nbody = \"select 1;\"",
        "[table.a]\ncolumn.id = {}\n[table.a.trigger.t]\ntiming = \"instead of\"\nevents = [\"insert\", \"delete\"]\nfor_each = \"statement\"\nbody = \"select 1;\"",
        "[table.a]\ncolumn.id = {}\n[table.a.trigger.t]\ntiming = \"after\"\nevents = [\"update of idd\"]\nbody = \"select 1;\"",
        "[table.a]\ncolumn.id = {}\n[table.a.trigger.t]\ntiming = \"after\"\nevents = [\"insert\"]",
        "[table.a]\ncolumn.id = {}\n[table.a.trigger.t]\ntiming = \"after\"\nevents = [\"insert\"]\nbody = \"Begin select 1; end\"",
        "[table.a.index]\ni = [\"id\"]",
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn not_toml() {
    let said = cases(&[
        "[table.a\ncolumn = 1\nb = ",
        "[table.a]\ncolumn.id = {}\n\n[table.a]\ncolumn.b = {}",
        "[table.a.column]\nid = {}\nb = {}\nid = { type = \"int\" }",
        "[table.a]\nx = \"unclosed",
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn over_files() {
    let a = "[table.order]\ncolumn.id = {}\n[tabel.x]";
    let b = "[table.Order]\ncolumn.id = {}\ncolumn.x = { typ = 1 }";
    let both = said(&[a, b]);
    insta::assert_snapshot!(both);
    // With disjoint `only` they are two.
    assert_eq!(said(&["[table.a]\ncolumn.id = {}", "only = [\"postgres\"]\n[table.a]\ncolumn.id = {}"]), "");
    // What stands beside a table may stand in another file.
    assert_eq!(said(&["[table.a.index]\ni = [\"id\"]", "[table.a]\ncolumn.id = {}"]), "");
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let dotted = format!("a{} = 1", ".a".repeat(20_000));
    assert!(said(&[&dotted]).contains("error"));
    let header = format!("[a{}]", ".a".repeat(20_000));
    assert!(said(&[&header]).contains("error"));
    let lists = format!("a = {}1{}", "[".repeat(20_000), "]".repeat(20_000));
    assert!(said(&[&lists]).contains("error"));
}
