//! Plans in files: the whole plan as JSON, with the catalogs it was made for.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use trueup::error::{Error, Result};
use trueup::plan::{FORMAT, Plan};

use super::files;

/// Writes a plan.
pub(crate) fn write(path: &Path, plan: &Plan) -> Result<()> {
    let text = serde_json::to_string(&plan.clone().sealed())
        .map_err(|error| Error::usage(format!("the plan has no JSON form: {error}")))?;
    files::replace(path, &(text + "\n"))
}

/// What is looked at before the rest: another version may have any form.
#[derive(Debug, Deserialize)]
struct Head {
    format: Option<u32>,
    trueup: Option<String>,
    version: Option<u32>,
}

/// Reads a plan that this version of trueup wrote.
pub(crate) fn read(path: &Path) -> Result<Plan> {
    let text = fs::read_to_string(path).map_err(files::at(path))?;
    parse(&text, &path.display().to_string())
}

fn parse(text: &str, path: &str) -> Result<Plan> {
    const AGAIN: &str = "make it again with `trueup plan --out FILE`";
    let wrong = |message: String| Err(Error::usage_with_help(message, AGAIN));
    let head: Head = match serde_json::from_str(text) {
        Ok(head) => head,
        Err(error) => return wrong(format!("{path} is not a plan: {error}")),
    };
    match head {
        Head { format: None, version: Some(_), .. } => {
            return wrong(format!(
                "{path} is what `--format json` prints, which is for programs to read; it is not a plan"
            ));
        }
        Head { format: None, .. } => return wrong(format!("{path} is not a plan")),
        Head { format: Some(format), .. } if format != FORMAT => {
            return wrong(format!("{path} is a plan of format {format}; this trueup reads format {FORMAT}"));
        }
        Head { trueup: Some(version), .. } if version != env!("CARGO_PKG_VERSION") => {
            let own = env!("CARGO_PKG_VERSION");
            return wrong(format!("{path} was made by trueup {version}; this is {own}, which might do it another way"));
        }
        Head { .. } => {}
    }
    serde_json::from_str(text).or_else(|error| wrong(format!("{path} is not a whole plan: {error}")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        parse(text, "p").unwrap_err().to_string()
    }

    #[test]
    fn says_what_the_file_is_instead() {
        assert!(message("no json").starts_with("p is not a plan: "));
        assert_eq!(message("{}"), "p is not a plan");
        assert!(message(r#"{"version": 1}"#).starts_with("p is what `--format json` prints"));
        assert_eq!(message(r#"{"format": 99}"#), "p is a plan of format 99; this trueup reads format 1");
        assert!(message(r#"{"format": 1, "trueup": "0.0.1"}"#).starts_with("p was made by trueup 0.0.1; this is "));
        let own = format!(r#"{{"format": 1, "trueup": "{}"}}"#, env!("CARGO_PKG_VERSION"));
        assert!(message(&own).starts_with("p is not a whole plan: missing field"));
    }
}
