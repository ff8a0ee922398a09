//! A MariaDB server of a test's own, to be killed and to be started with other settings.

use std::fs::File;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// One server; it ends with the value.
pub(crate) struct OwnServer {
    folder: TempDir,
    child: Child,
    port: u16,
    options: Vec<String>,
}

impl OwnServer {
    /// Starts one, where MariaDB is installed.
    pub(crate) fn start(options: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let made = Command::new("mariadb-install-db")
            .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
            .arg(format!("--datadir={}", folder.path().join("data").display()))
            .args(options)
            .args(as_root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !made.is_ok_and(|status| status.success()) {
            println!("not run: mariadb-install-db is not here, or makes no server");
            return None;
        }
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        let (child, port) = run(folder.path(), &options)?;
        Some(Self { folder, child, port, options })
    }

    /// The URL of a database of it.
    pub(crate) fn url(&self, database: &str) -> String {
        format!("mariadb://root@127.0.0.1:{}/{database}", self.port)
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again, with what it has on disk. Its port is another one then.
    pub(crate) fn start_again(&mut self) {
        (self.child, self.port) = run(self.folder.path(), &self.options).expect("the server starts again");
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn as_root() -> Vec<String> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if is_root { vec!["--user=root".to_owned()] } else { Vec::new() }
}

fn run(folder: &Path, options: &Vec<String>) -> Option<(Child, u16)> {
    let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
    let child = Command::new("mariadbd")
        .args(["--no-defaults", "--bind-address=127.0.0.1", "--innodb-buffer-pool-size=32M"])
        .arg(format!("--datadir={}", folder.join("data").display()))
        .arg(format!("--socket={}", folder.join("s").display()))
        .arg(format!("--port={port}"))
        .args(options)
        .args(as_root())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(folder.join("log")).ok()?)
        .spawn()
        .ok()?;
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            println!("not run: mariadbd did not start");
            return None;
        }
        thread::sleep(Duration::from_millis(100));
    }
    Some((child, port))
}
