//! Secrets: where they come from, and that they go nowhere else.

use super::support::program::{command, finish, snapshot};
use super::{on_each, session};

/// A secret is in the environment; what only looks like one is a string.
#[test]
fn secrets_come_from_the_environment() {
    on_each(|project, database| {
        database.run("create foreign data wrapper w").unwrap();
        project.write_schema(
            "[foreign_data_wrapper.w]\n[foreign_server.s]\nwrapper = \"w\"\n[foreign_server.s.user_mapping.public]\noptions = { password = { env = \"THE_SECRET\" } }\n[table.t.column]\na = { type = \"text\", default = \"${THE_SECRET}\" }\n",
        );
        let refused = project.run("apply", &["--auto-approve"]).must(1).says("THE_SECRET is not set");
        assert!(!refused.text().contains("taking the lock"), "{refused}");
        let mut apply = command(&project.folder);
        apply.args(["apply", "--auto-approve", "--database", project.server.as_deref().unwrap()]);
        apply.arg("--schema").arg(&project.schema).env("THE_SECRET", "it's hidden");
        let applied = finish(apply).must(0);
        assert!(!applied.text().contains("hidden"), "{applied}");
        let mut session = session(project);
        let found = session.query_one("select umoptions[1] from pg_user_mappings where srvname = 's'", &[]).unwrap();
        assert_eq!(found.get::<_, String>(0), "password=it's hidden");
        let default = "select pg_get_expr(adbin, adrelid) from pg_attrdef where adrelid = 't'::regclass";
        let found: String = session.query_one(default, &[]).unwrap().get(0);
        assert_eq!(found, "'${THE_SECRET}'::text");
        project.plan().must(0);
    });
}

/// Wherever options can hold one, down to the columns of a foreign table.
#[test]
fn no_secret_is_imported() {
    on_each(|project, database| {
        let sql = "create foreign data wrapper w options (password 'hidden'); \
                   create server s foreign data wrapper w options (password 'hidden'); \
                   create user mapping for public server s options (password 'hidden'); \
                   create foreign table t (a int options (password 'hidden')) server s options (password 'hidden')";
        database.run(sql).unwrap();
        let imported = project.import().must(0);
        let written = snapshot(&project.schema).into_values().map(|bytes| String::from_utf8(bytes).unwrap());
        let written: String = written.collect();
        assert!(!written.contains("hidden") && !imported.text().contains("hidden"), "{written}");
        assert_eq!(written.matches("password = { env = ").count(), 5, "{written}");
        project.plan().must(0);
    });
}
