//! Running the program as people and pipelines run it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::{self, JoinHandle};

/// The variables of the caller's environment that the program reads.
const VARIABLES: [&str; 6] = ["DATABASE_URL", "TRUEUP_SCHEMA", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"];

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The command, to be shown.
    pub(crate) command: String,
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    /// What went to stdout.
    pub(crate) out: String,
    /// What went to stderr.
    pub(crate) err: String,
}

impl Outcome {
    /// Everything it printed.
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// The run, if it ended with this exit code.
    pub(crate) fn expect_code(self, code: i32) -> Result<Self, String> {
        if self.code == Some(code) {
            return Ok(self);
        }
        Err(format!("expected exit code {code} of {self}"))
    }

    /// The run, which must have ended with this exit code.
    #[track_caller]
    pub(crate) fn must(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }

    /// Asserts that a piece of text was printed, whatever its letter case.
    #[track_caller]
    pub(crate) fn says(self, piece: &str) -> Self {
        assert!(self.text().to_lowercase().contains(&piece.to_lowercase()), "not said: {piece:?}\n{self}");
        self
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
        write!(f, "`{}`: {code}\n--- stdout\n{}--- stderr\n{}", self.command, self.out, self.err)
    }
}

/// The path of the program under test.
pub(crate) fn program() -> &'static str {
    env!("CARGO_BIN_EXE_trueup")
}

/// A command that runs the program in a folder, with nothing of the caller's environment that it reads.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(program());
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs the program in a folder to its end.
pub(crate) fn trueup<S: AsRef<std::ffi::OsStr>>(folder: &Path, arguments: &[S]) -> Outcome {
    let mut command = command(folder);
    command.args(arguments);
    finish(command)
}

/// Runs a prepared command to its end.
pub(crate) fn finish(mut command: Command) -> Outcome {
    let shown: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let shown = format!("trueup {}", shown.join(" "));
    match command.output() {
        Ok(output) => Outcome {
            command: shown,
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        },
        Err(error) => Outcome { command: shown, code: None, out: String::new(), err: error.to_string() },
    }
}

/// The URL of a database file.
pub(crate) fn url(database: &Path) -> String {
    format!("sqlite:{}", database.display())
}

/// A database and a schema folder, for the calls that users' pipelines rely on.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// Where the program runs.
    pub(crate) folder: PathBuf,
    /// The database file.
    pub(crate) database: PathBuf,
    /// The schema folder.
    pub(crate) schema: PathBuf,
    /// The URL of a server's database; then there is no file.
    pub(crate) server: Option<String>,
}

impl Project {
    /// A database `db.db` and a schema folder `schema` in a folder.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), database: folder.join("db.db"), schema: folder.join("schema"), server: None }
    }

    /// The same schema folder for another database.
    pub(crate) fn of(&self, database: &Path) -> Self {
        Self { database: database.to_owned(), ..self.clone() }
    }

    /// The same schema folder for a database by its URL.
    pub(crate) fn at(&self, url: &str) -> Self {
        Self { server: Some(url.to_owned()), ..self.clone() }
    }

    /// Writes the one schema file.
    pub(crate) fn write_schema(&self, toml: &str) {
        fs::create_dir_all(&self.schema).expect("the schema folder");
        fs::write(self.schema.join("schema.toml"), toml).expect("the schema file");
    }

    /// Runs SQL on the database.
    #[track_caller]
    pub(crate) fn sql(&self, sql: &str) {
        let connection = rusqlite::Connection::open(&self.database).expect("the database");
        connection.execute_batch(sql).unwrap_or_else(|error| panic!("{error} in {sql}"));
    }

    /// The first value of a query, as text.
    #[track_caller]
    pub(crate) fn value(&self, query: &str) -> String {
        let connection = rusqlite::Connection::open(&self.database).expect("the database");
        let value: rusqlite::types::Value =
            connection.query_row(query, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{error} in {query}"));
        super::rows::show(&value)
    }

    /// Runs a command of the program on the database and the schema folder.
    pub(crate) fn run(&self, verb: &str, more: &[&str]) -> Outcome {
        trueup(&self.folder, &self.words(verb, more))
    }

    fn words(&self, verb: &str, more: &[&str]) -> Vec<String> {
        let url = self.server.clone().unwrap_or_else(|| url(&self.database));
        let schema = self.schema.display().to_string();
        let words = [verb, "--database", &url, "--schema", &schema];
        words.iter().chain(more).map(|&word| word.to_owned()).collect()
    }

    /// `import`.
    pub(crate) fn import(&self) -> Outcome {
        self.run("import", &[])
    }

    /// `plan --detailed-exitcode`.
    pub(crate) fn plan(&self) -> Outcome {
        self.run("plan", &["--detailed-exitcode"])
    }

    /// `apply` with leave for everything.
    pub(crate) fn apply(&self) -> Outcome {
        self.run("apply", &["--auto-approve", "--allow-destructive"])
    }

    /// The same while the test does something else.
    pub(crate) fn start_apply(&self, more: &[&str]) -> JoinHandle<Outcome> {
        self.start_apply_without_leave(&[&["--allow-destructive"], more].concat())
    }

    /// The same where nothing may be lost.
    pub(crate) fn start_apply_without_leave(&self, more: &[&str]) -> JoinHandle<Outcome> {
        let (project, more) = (self.clone(), more.iter().map(|&word| word.to_owned()).collect::<Vec<_>>());
        thread::spawn(move || {
            let more = more.iter().map(String::as_str);
            project.run("apply", &["--auto-approve"].into_iter().chain(more).collect::<Vec<_>>())
        })
    }

    /// The same as a process that can be told to stop.
    pub(crate) fn apply_to_be_stopped(&self) -> Running {
        let words = self.words("apply", &["--auto-approve", "--allow-destructive", "--lock-timeout", "60s"]);
        Running::start(&self.folder, &words)
    }

    /// Two at once: one at least gets through, and who comes second finds it done, or that his plan was for what is
    /// no more.
    #[track_caller]
    pub(crate) fn apply_twice_at_once(&self) {
        let more = ["--lock-timeout", "60s"];
        let outcomes = [self.start_apply(&more), self.start_apply(&more)];
        let outcomes = outcomes.map(|apply| apply.join().expect("an apply"));
        assert!(outcomes.iter().any(|outcome| outcome.code == Some(0)), "{} {}", outcomes[0], outcomes[1]);
        for outcome in outcomes.into_iter().filter(|outcome| outcome.code != Some(0)) {
            outcome.must(3).says("changed since");
        }
    }
}

/// The program while it runs.
#[derive(Debug)]
pub(crate) struct Running {
    command: String,
    process: Child,
    err: BufReader<ChildStderr>,
    said: String,
}

impl Running {
    fn start(folder: &Path, words: &[String]) -> Self {
        let mut process =
            command(folder).args(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let err = BufReader::new(process.stderr.take().expect("its errors"));
        Self { command: format!("trueup {}", words.join(" ")), process, err, said: String::new() }
    }

    /// Waits until it has said something.
    #[track_caller]
    pub(crate) fn until_it_says(&mut self, piece: &str) {
        while !self.said.contains(piece) {
            let read = self.err.read_line(&mut self.said).expect("what it says");
            assert!(read > 0, "it ended without {piece:?}: {}", self.said);
        }
    }

    /// Sends it what Ctrl-C sends.
    pub(crate) fn interrupt(&self) {
        let sent = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "no signal was sent");
    }

    /// Waits for its end.
    pub(crate) fn outcome(mut self) -> Outcome {
        self.err.read_to_string(&mut self.said).expect("what it says");
        let output = self.process.wait_with_output().expect("its end");
        Outcome {
            command: self.command,
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: self.said,
        }
    }
}

/// Every file below a folder with its bytes, by its path from there.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                files.insert(path.strip_prefix(folder).unwrap_or(&path).to_owned(), bytes);
            }
        }
    }
    files
}

/// All TOML below a folder, with the names of the files, to be shown.
pub(crate) fn show_files(folder: &Path) -> String {
    let mut text = String::new();
    for (path, bytes) in snapshot(folder) {
        text += &["--- ", &path.to_string_lossy(), "\n", &String::from_utf8_lossy(&bytes), "\n"].concat();
    }
    text
}
