//! A server of a test's own, to be killed and to be started with other settings.

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// One server; it ends with the value.
pub(crate) struct OwnServer {
    folder: TempDir,
    child: Child,
    port: u16,
    program: Program,
}

/// What runs, and how it is told where.
enum Program {
    MariaDb { options: Vec<String> },
    Postgres { bin: PathBuf },
}

impl OwnServer {
    /// Starts a MariaDB, where it is installed.
    pub(crate) fn mariadb(options: &[&str]) -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let made = Command::new("mariadb-install-db")
            .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
            .arg(format!("--datadir={}", folder.path().join("data").display()))
            .arg(format!("--tmpdir={}", folder.path().display()))
            .args(options)
            .args(is_root().then_some("--user=root"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !made.is_ok_and(|status| status.success()) {
            println!("not run: mariadb-install-db is not here, or makes no server");
            return None;
        }
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        Self::run(folder, Program::MariaDb { options })
    }

    /// Starts a PostgreSQL, where one is installed, as a user that is not root.
    pub(crate) fn postgres() -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let bin = ["18", "17", "16", "15", "14"]
            .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")))
            .into_iter()
            .find(|bin| bin.join("initdb").exists());
        let Some(bin) = bin else {
            println!("not run: no PostgreSQL is installed");
            return None;
        };
        if is_root() {
            Command::new("chown").arg("postgres").arg(folder.path()).status().ok()?;
        }
        let made = as_postgres(&bin.join("initdb"))
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-D"])
            .arg(folder.path().join("data"))
            .stdout(Stdio::null())
            .status();
        if !made.is_ok_and(|status| status.success()) {
            println!("not run: initdb makes no server");
            return None;
        }
        Self::run(folder, Program::Postgres { bin })
    }

    fn run(folder: TempDir, program: Program) -> Option<Self> {
        let (child, port) = program.run(folder.path())?;
        Some(Self { folder, child, port, program })
    }

    /// The URL of a database of it.
    pub(crate) fn url(&self, database: &str) -> String {
        match self.program {
            Program::MariaDb { .. } => format!("mariadb://root@127.0.0.1:{}/{database}", self.port),
            Program::Postgres { .. } => format!("postgres://postgres@127.0.0.1:{}/{database}", self.port),
        }
    }

    /// Ends it as a crash does.
    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Starts it again, with what it has on disk. Its port is another one then.
    pub(crate) fn start_again(&mut self) {
        (self.child, self.port) = self.program.run(self.folder.path()).expect("the server starts again");
    }
}

impl Drop for OwnServer {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Program {
    /// Runs it with what is in the folder, until it takes connections.
    fn run(&self, folder: &Path) -> Option<(Child, u16)> {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
            let log = File::create(folder.join("log")).ok()?;
            let mut child =
                self.command(folder, port).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().ok()?;
            // PostgreSQL does not start while a process of the one that was killed is still there.
            while child.try_wait().is_ok_and(|ended| ended.is_none()) {
                if self.answers(port) {
                    return Some((child, port));
                }
                if Instant::now() > until {
                    let _ = child.kill();
                    break;
                }
                thread::sleep(Duration::from_millis(100));
            }
            let _ = child.wait();
            if Instant::now() > until {
                println!("not run: {}", fs::read_to_string(folder.join("log")).unwrap_or_default());
                return None;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn command(&self, folder: &Path, port: u16) -> Command {
        let data = folder.join("data");
        match self {
            Self::MariaDb { options } => {
                let mut command = Command::new("mariadbd");
                command
                    .args(["--no-defaults", "--bind-address=127.0.0.1", "--innodb-buffer-pool-size=32M"])
                    .arg(format!("--datadir={}", data.display()))
                    // It empties its folder for temporary files when it starts: other servers have theirs in the usual one.
                    .arg(format!("--tmpdir={}", folder.display()))
                    .arg(format!("--socket={}", folder.join("s").display()))
                    .arg(format!("--port={port}"))
                    .args(options)
                    .args(is_root().then_some("--user=root"));
                command
            }
            Self::Postgres { bin } => {
                let mut command = as_postgres(&bin.join("postgres"));
                command
                    .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-p", &port.to_string(), "-k"])
                    .arg(folder)
                    .arg("-D")
                    .arg(data);
                command
            }
        }
    }

    /// Whether a session can begin: PostgreSQL listens before it does.
    fn answers(&self, port: u16) -> bool {
        match self {
            Self::MariaDb { .. } => TcpStream::connect(("127.0.0.1", port)).is_ok(),
            Self::Postgres { .. } => {
                postgres::Client::connect(&format!("host=127.0.0.1 port={port} user=postgres"), postgres::NoTls).is_ok()
            }
        }
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// A program of PostgreSQL, which does not run as root.
fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program).current_dir("/");
    command
}
