//! Runs one direction of a case: the program does the work, the database judges it.

use std::fs;
use std::path::Path;

use super::case::{Case, State, Way};
use super::directives;
use super::oracle;
use super::program::{Project, show_files, snapshot};
use super::respell;
use super::server::{Database, Seen, Server};

/// A database with the schema folder that it is compared to.
struct Subject<'a> {
    database: &'a dyn Database,
    project: Project,
}

/// Runs a case on a server, its files in an empty folder, one way.
pub(crate) fn run_on(server: &dyn Server, case: &Case, folder: &Path) -> Result<(), String> {
    let way = &case.expect.forward;
    if way.skip.is_some() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let project = Project::new(folder);
    if case.dialect() != "sqlite" {
        // What is left alone where the TOML is silent differs between the states too.
        let all = "[manage]\ncomplete = [\"*\"]\n";
        fs::write(folder.join("trueup.toml"), all).map_err(|error| error.to_string())?;
    }
    let (a, b) = (server.create(folder, "a", &case.expect)?, server.create(folder, "b", &case.expect)?);
    let subject = |database| Subject { database, project: project.at(&database.url()) };
    let (a, b) = (subject(a.as_ref()), subject(b.as_ref()));
    build(&case.a, &case.seed, &a).map_err(|error| format!("state a: {error}"))?;
    if way.invalid {
        return refused_as_written(case, way, &a);
    }
    build(&case.b, "", &b).map_err(|error| format!("state b: {error}"))?;
    desire(case, &b.project)?;
    let new = server.create(folder, "new", &case.expect)?;
    transition(way, &a, &b, &subject(new.as_ref()))
        .map_err(|error| format!("{error}\n--- schema folder\n{}", show_files(&project.schema)))
}

/// Imports state b of a case, puts that in other words, and finds no difference.
pub(crate) fn respelled_is_same(server: &dyn Server, case: &Case, folder: &Path) -> Result<(), String> {
    if case.b.toml.is_some() || case.expect.forward.skip.is_some() {
        return Ok(());
    }
    let mut case = case.clone();
    case.expect.forward = Way { respelled: true, ..Way::default() };
    let b = server.create(folder, "b", &case.expect)?;
    let project = Project::new(folder).at(&b.url());
    build(&case.b, "", &Subject { database: b.as_ref(), project: project.clone() })?;
    desire(&case, &project).map_err(|error| format!("{error}\n--- schema folder\n{}", show_files(&project.schema)))
}

/// Makes a database of a state.
fn build(state: &State, seed: &str, subject: &Subject<'_>) -> Result<(), String> {
    match (&state.sql, &state.toml) {
        (Some(sql), _) => subject.database.run(sql)?,
        (None, Some(toml)) => {
            let project = &subject.project;
            project.write_schema(toml);
            project.apply().expect_code(0)?;
            fs::remove_dir_all(&project.schema).map_err(|error| error.to_string())?;
        }
        (None, None) => return Err("no SQL and no TOML".to_owned()),
    }
    if seed.is_empty() { Ok(()) } else { subject.database.run(seed) }
}

/// Makes the schema folder that describes b: as people wrote it, or as `import` writes it.
fn desire(case: &Case, project: &Project) -> Result<(), String> {
    if let Some(toml) = &case.b.toml {
        project.write_schema(toml);
    } else {
        project.import().expect_code(0)?;
        if case.expect.forward.respelled {
            respell::folder(&project.schema)?;
        }
    }
    if !case.expect.forward.directives.is_empty() {
        directives::merge(&project.schema, &case.expect.forward.directives)?;
    }
    project
        .plan()
        .expect_code(0)
        .map_err(|error| format!("the database that the schema describes differs from it: {error}"))?;
    Ok(())
}

fn refused_as_written(case: &Case, way: &Way, a: &Subject<'_>) -> Result<(), String> {
    a.project.write_schema(case.b.toml.as_deref().ok_or("an invalid state is TOML")?);
    let before = a.database.seen()?;
    let outcome = a.project.apply().expect_code(way.code.unwrap_or(1))?;
    has_all("the error", &outcome.text(), &way.error)?;
    must_be_kept(&before, a.database)
}

fn must_be_kept(before: &Seen, database: &dyn Database) -> Result<(), String> {
    let now = database.seen()?;
    if let Some(difference) = oracle::difference(&before.report, &now.report) {
        return Err(format!("something changed though the apply failed:\n{difference}"));
    }
    fail_on(&before.rows.lost_in(&now.rows), "rows changed though the apply failed")
}

fn transition(way: &Way, a: &Subject<'_>, b: &Subject<'_>, new: &Subject<'_>) -> Result<(), String> {
    let (before, target) = (a.database.seen()?, b.database.seen()?);
    let project = &a.project;
    if way.same {
        project.plan().expect_code(0)?;
        project.apply().expect_code(0)?;
        return must_be_kept(&before, a.database);
    }
    examine_plan(way, project)?;
    if !way.needs_leave.is_empty() {
        let refused = project.run("apply", &["--auto-approve"]).expect_code(3)?;
        has_all("the refusal", &refused.text(), &["loses data".to_owned()])?;
        has_all("the refusal", &refused.text(), &way.needs_leave)?;
        must_be_kept(&before, a.database)?;
    }
    let files = snapshot(&project.schema);
    let applied = if way.harmless { project.run("apply", &["--auto-approve"]) } else { project.apply() };
    if way.fails {
        if !matches!(applied.code, Some(1 | 3)) || way.code.is_some_and(|code| applied.code != Some(code)) {
            return Err(format!("the apply was to fail: {applied}"));
        }
        has_all("the error", &applied.text(), &way.error)?;
        return must_be_kept(&before, a.database);
    }
    let applied = applied.expect_code(0)?;
    judge(way, a.database, &before, &target).map_err(|error| format!("{error}\n--- the apply\n{applied}"))?;
    project.plan().expect_code(0).map_err(|error| format!("second plan: {error}"))?;
    project.import().expect_code(0)?;
    if snapshot(&project.schema) != files {
        return Err("import after the apply changed the schema folder".to_owned());
    }
    from_nothing(new, &target)
}

fn examine_plan(way: &Way, a: &Project) -> Result<(), String> {
    let plan = a.plan().expect_code(2)?;
    let json = a.run("plan", &["--format", "json"]).expect_code(0)?;
    // The text shows what belongs to a table below it; the JSON has whole addresses.
    let said = format!("{}\n{}", plan.text(), json.out);
    has_all("the plan", &said, &way.plan_has)?;
    has_none("the plan", &said, &way.plan_lacks)?;
    if !way.probe_has.is_empty() {
        let probed = a.run("plan", &["--probe"]).expect_code(0)?;
        has_all("the plan with its probes", &probed.out, &way.probe_has)?;
    }
    let json: serde_json::Value =
        serde_json::from_str(&json.out).map_err(|error| format!("the plan as JSON: {error}"))?;
    let changes = json["changes"].as_array().cloned().unwrap_or_default();
    let rebuilds = changes.iter().any(|change| change["rebuild"] == serde_json::Value::Bool(true));
    if way.rebuild.is_some_and(|expected| expected != rebuilds) {
        let word = if rebuilds { "a table is copied" } else { "no table is copied" };
        return Err(format!("{word}, which was not expected:\n{plan}"));
    }
    let sql = a.run("plan", &["--format", "sql"]).expect_code(0)?;
    has_all("the SQL of the plan", &sql.out, &way.sql_has)?;
    has_none("the SQL of the plan", &sql.out, &way.sql_lacks)
}

fn judge(way: &Way, database: &dyn Database, before: &Seen, target: &Seen) -> Result<(), String> {
    let after = database.seen()?;
    if let Some(difference) = oracle::difference(&target.report, &after.report) {
        return Err(format!("the database is not as described:\n{difference}"));
    }
    fail_on(&oracle::texts_kept(&before.stored, &target.stored, &after.stored), "stored text was touched")?;
    let new: Vec<_> =
        after.complaints.iter().filter(|complaint| !before.complaints.contains(complaint)).cloned().collect();
    fail_on(&new, "the database finds")?;
    if way.survive != Some(false) {
        fail_on(&before.rows.lost_in(&after.rows), "rows were lost")?;
        fail_on(&before.made_again(&after), "dropped and made again")?;
    }
    way.rows.iter().try_for_each(|query| database.check(query))
}

/// The same schema folder makes the same database from nothing.
fn from_nothing(new: &Subject<'_>, target: &Seen) -> Result<(), String> {
    new.project.apply().expect_code(0).map_err(|error| format!("from nothing: {error}"))?;
    match oracle::difference(&target.report, &new.database.dump()?) {
        Some(difference) => Err(format!("the database made from nothing is not as described:\n{difference}")),
        None => Ok(()),
    }
}

fn fail_on(found: &[String], what: &str) -> Result<(), String> {
    if found.is_empty() { Ok(()) } else { Err(format!("{what}:\n    {}", found.join("\n    "))) }
}

fn has_all(what: &str, text: &str, pieces: &[String]) -> Result<(), String> {
    let lower = text.to_lowercase();
    match pieces.iter().find(|piece| !lower.contains(&piece.to_lowercase())) {
        Some(piece) => Err(format!("{what} does not say {piece:?}:\n{text}")),
        None => Ok(()),
    }
}

fn has_none(what: &str, text: &str, pieces: &[String]) -> Result<(), String> {
    let lower = text.to_lowercase();
    match pieces.iter().find(|piece| lower.contains(&piece.to_lowercase())) {
        Some(piece) => Err(format!("{what} says {piece:?}:\n{text}")),
        None => Ok(()),
    }
}

/// What the database says of a state.
fn make(server: &dyn Server, case: &Case, state: &State, seed: &str) -> Result<Vec<String>, String> {
    let Some(sql) = &state.sql else { return Ok(Vec::new()) };
    server.make(sql, seed, &case.expect)
}

/// What is wrong with a case itself.
pub(crate) fn unsound(server: &dyn Server, case: &Case) -> Vec<String> {
    let mut faults = Vec::new();
    let mut reports = Vec::new();
    for (state, seed) in [(&case.a, &case.seed), (&case.b, &case.back_seed)] {
        match make(server, case, state, seed) {
            Ok(report) if state.sql.is_some() => reports.push(report),
            Ok(_) => {}
            Err(error) => faults.push(error),
        }
    }
    if let [a, b] = reports.as_slice() {
        let same = oracle::difference(a, b).is_none();
        if same != case.expect.forward.same && case.expect.forward.skip.is_none() {
            faults.push(format!("the states are {}", if same { "the same" } else { "not the same" }));
        }
        faults.extend(a.iter().chain(b).filter(|fact| fact.contains("not understood")).cloned());
    }
    for directives in [&case.expect.forward.directives, &case.expect.back.directives] {
        faults.extend(directives.parse::<toml::Table>().err().map(|error| error.to_string()));
    }
    faults
}

/// What a server refuses of the states of a case.
pub(crate) fn refused_sql(server: &dyn Server, case: &Case) -> Vec<String> {
    let made = [(&case.a, &case.seed), (&case.b, &case.back_seed)].map(|(state, seed)| make(server, case, state, seed));
    made.into_iter().filter_map(Result::err).collect()
}

/// Whether both states are the same to a server.
pub(crate) fn is_same(server: &dyn Server, case: &Case) -> bool {
    match (make(server, case, &case.a, ""), make(server, case, &case.b, "")) {
        (Ok(a), Ok(b)) => oracle::difference(&a, &b).is_none(),
        _ => false,
    }
}

/// Runs a case; when rows forbid the change, that must be said before anything is done.
pub(crate) fn run_unless_rows_forbid(server: &dyn Server, case: &Case, folder: &Path) -> Result<(), String> {
    let Err(error) = run_on(server, case, &folder.join("as it is")) else { return Ok(()) };
    if case.seed.is_empty() || case.expect.forward.same {
        return Err(error);
    }
    let mut refused = case.clone();
    refused.expect.forward.fails = true;
    // Of a few conversions only MySQL itself knows which values it takes; then its first statement fails.
    refused.expect.forward.code = if case.dialect() == "mysql" { None } else { Some(3) };
    match run_on(server, &refused, &folder.join("refused")) {
        Ok(()) => {
            // Without the rows it must work: they are the only reason.
            let empty = Case { seed: String::new(), ..case.clone() };
            run_on(server, &empty, &folder.join("empty"))
        }
        Err(_) => Err(error),
    }
}
