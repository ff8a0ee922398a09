//! `pg_service.conf`: connections that have a name.

use std::fs;
use std::path::PathBuf;

use super::url::{KEYWORDS, Parameters};
use crate::database::Environment;
use crate::error::{Error, Result};

/// The parameters of a service. The user's own file goes before the system's.
pub(super) fn look_up(name: &str, file: Option<&str>, environment: &Environment) -> Result<Parameters> {
    let files = files(file, environment);
    for path in &files {
        match fs::read_to_string(path) {
            Ok(text) => {
                if let Some(parameters) = section(&text, name, &path.display().to_string())? {
                    return Ok(parameters);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::File { path: path.clone(), error }),
        }
    }
    let looked: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
    Err(Error::usage_with_help(
        format!("there is no service `{name}` (looked in {})", looked.join(" and ")),
        format!("write a section [{name}] with host=, port=, dbname= and user= into the file"),
    ))
}

fn files(file: Option<&str>, environment: &Environment) -> Vec<PathBuf> {
    let own = file.or_else(|| environment.variable("PGSERVICEFILE")).map(PathBuf::from);
    let own = own.or_else(|| environment.home.as_ref().map(|home| home.join(".pg_service.conf")));
    let system = environment.variable("PGSYSCONFDIR").unwrap_or("/etc/postgresql-common");
    own.into_iter().chain([PathBuf::from(system).join("pg_service.conf")]).collect()
}

fn section(text: &str, name: &str, path: &str) -> Result<Option<Parameters>> {
    let (mut inside, mut found) = (false, None::<Parameters>);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            if found.is_some() {
                break;
            }
            inside = header == name;
            if inside {
                found = Some(Parameters::new());
            }
        } else if let Some(parameters) = found.as_mut().filter(|_| inside && !line.is_empty() && !line.starts_with('#'))
        {
            let wrong = |reason: &str| Error::usage(format!("{path}:{}: {reason}", number + 1));
            let (key, value) = line.split_once('=').ok_or_else(|| wrong("the line has no `=`"))?;
            if key == "service" || key == "servicefile" {
                return Err(wrong("a service cannot name another"));
            }
            // What libpq knows and this client has no use for may stand there.
            if KEYWORDS.contains(&key) {
                parameters.entry(key.to_owned()).or_insert_with(|| value.to_owned());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TEXT: &str = "# ours\n[test]\nhost=t\n\n[live]\nhost=h\nport=6\n# no\nsslmode=require\n[last]\nnonsense\n";

    #[test]
    fn a_service_is_found_by_its_name() {
        let live = section(TEXT, "live", "f").unwrap().unwrap();
        let pairs: Vec<_> = live.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(pairs, ["host=h", "port=6", "sslmode=require"]);
        assert_eq!(section(TEXT, "none", "f").unwrap(), None);
        assert_eq!(section(TEXT, "last", "f").unwrap_err().to_string(), "f:11: the line has no `=`");
    }

    #[test]
    fn what_is_not_there_says_where_it_was_looked_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("own.conf");
        fs::write(&file, TEXT).unwrap();
        let environment = Environment {
            variables: [("PGSYSCONFDIR".to_owned(), folder.path().display().to_string())].into(),
            ..Environment::default()
        };
        let found = look_up("test", file.to_str(), &environment).unwrap();
        assert_eq!(found.get("host").map(String::as_str), Some("t"));
        let message = look_up("x", file.to_str(), &environment).unwrap_err().to_string();
        assert!(message.contains("no service `x`") && message.contains("own.conf and "), "{message}");
    }
}
