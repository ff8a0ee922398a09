//! A real PgBouncer between trueup and PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by a panic"
)]
#![cfg(unix)]

mod support;

use std::fs::{self, Permissions};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use postgres::config::Host;
use postgres::{Client, Config, NoTls};
use support::case::Expect;
use support::program::Project;
use support::server;
use tempfile::TempDir;

struct Pooler {
    process: Child,
    url: String,
    /// It holds the settings while the process runs.
    _folder: TempDir,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A pooler before the database of a URL; none where there is no PgBouncer and none is required.
fn pooler(url: &str, mode: &str) -> Option<Pooler> {
    let Ok(program) = std::env::var("TRUEUP_TEST_PGBOUNCER") else {
        let required = std::env::var("TRUEUP_TEST_SERVERS").is_ok_and(|word| word == "required");
        assert!(!required, "TRUEUP_TEST_PGBOUNCER names no pgbouncer");
        return None;
    };
    let server: Config = url.parse().unwrap();
    let Some(Host::Tcp(host)) = server.get_hosts().first() else { panic!("{url} names no host") };
    let (port, user) = (server.get_ports().first().unwrap(), server.get_user().unwrap());
    let own = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pgbouncer.ini");
    let text = format!(
        "[databases]\n* = user={user} host={host} port={port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {own}\n\
         unix_socket_dir =\nauth_type = any\npool_mode = {mode}\n"
    );
    fs::write(&file, text).unwrap();
    // It runs as another user.
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    let process = Command::new(program).arg("-q").arg(&file).stderr(Stdio::null()).spawn().unwrap();
    let url = format!("postgres://{user}@127.0.0.1:{own}/{}", server.get_dbname().unwrap());
    let pooler = Pooler { process, url, _folder: folder };
    let answers = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(50));
        TcpStream::connect(("127.0.0.1", own)).is_ok()
    });
    assert!(answers, "pgbouncer did not start");
    Some(pooler)
}

/// On each server, with an empty database behind a pooler.
fn behind(mode: &str, test: impl Fn(&Project, &str)) {
    for server in server::of_dialect("postgres").unwrap() {
        println!("on {}", server.label());
        let folder = tempfile::tempdir().unwrap();
        let database = server.create(folder.path(), "p", &Expect::default()).unwrap();
        let Some(pooler) = pooler(&database.url(), mode) else { return };
        let project = Project::new(folder.path()).at(&pooler.url);
        project.write_schema("[table.t.column]\nid = { type = \"int\" }\n");
        test(&project, &pooler.url);
        // Its sessions end, so that the database can go.
        drop(pooler);
    }
}

#[test]
fn one_in_transaction_mode_is_refused_and_nothing_is_set_in_its_sessions() {
    behind("transaction", |project, url| {
        for verb in ["plan", "import"] {
            project.run(verb, &[]).must(1).says("a pooler in transaction mode").says("name the server itself");
        }
        project.run("apply", &["--auto-approve"]).must(1).says("a pooler in transaction mode");
        let row = Client::connect(url, NoTls).unwrap().query_one("show row_security", &[]).unwrap();
        assert_eq!(row.get::<_, &str>(0), "on");
    });
}

#[test]
fn one_in_session_mode_is_told_about() {
    behind("session", |project, _| {
        project.run("apply", &["--auto-approve"]).must(0).says("Note: a pooler such as PgBouncer");
        project.plan().must(0).says("Note: a pooler such as PgBouncer");
    });
}
