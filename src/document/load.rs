//! Reads the TOML files of a schema folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics, Sources};
use crate::error::{Error, Result};

/// Reads one file, or all `*.toml` files below a folder in the order of their paths. Hidden files and
/// folders are left out. A folder without any file gives empty `Sources`: what that means is the
/// caller's to say.
pub fn read(path: &Path) -> Result<Sources> {
    let mut files = Vec::new();
    if fs::metadata(path).map_err(|error| not_read(path, error))?.is_dir() {
        collect(path, &mut Vec::new(), &mut files)?;
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    let mut sources = Sources::default();
    let mut items = Vec::new();
    for file in files {
        let bytes = fs::read(&file).map_err(|error| not_read(&file, error))?;
        match String::from_utf8(bytes) {
            Ok(text) => {
                sources.add(file, text);
            }
            Err(error) => items.push(not_utf8(&file, error.as_bytes(), error.utf8_error().valid_up_to())),
        }
    }
    if items.is_empty() { Ok(sources) } else { Err(Error::Input(Box::new(Diagnostics { sources, items }))) }
}

/// `above` holds the folders that are being read, by their real paths: a link to one of them is a
/// loop and not followed.
fn collect(folder: &Path, above: &mut Vec<PathBuf>, files: &mut Vec<PathBuf>) -> Result<()> {
    let real = fs::canonicalize(folder).map_err(|error| not_read(folder, error))?;
    if above.contains(&real) {
        return Ok(());
    }
    above.push(real);
    for entry in fs::read_dir(folder).map_err(|error| not_read(folder, error))? {
        let entry = entry.map_err(|error| not_read(folder, error))?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        let is_toml = path.extension().is_some_and(|extension| extension == "toml");
        match fs::metadata(&path) {
            Ok(data) if data.is_dir() => collect(&path, above, files)?,
            Ok(_) if is_toml => files.push(path),
            Err(error) if is_toml => return Err(not_read(&path, error)),
            // What is no TOML is no matter of ours, a link into nothing included.
            Ok(_) | Err(_) => {}
        }
    }
    above.pop();
    Ok(())
}

fn not_read(path: &Path, error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::NotFound {
        return Error::usage_with_help(
            format!("{}: there is no such file or folder", path.display()),
            "name the schema folder with --schema, or make a first one with `trueup init`",
        );
    }
    Error::File { path: path.to_owned(), error }
}

fn not_utf8(path: &Path, bytes: &[u8], valid: usize) -> Diagnostic {
    let line = bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
    Diagnostic::error(format!("{}:{line}: this line is not UTF-8", path.display()))
        .with_help("TOML is always UTF-8: save the file in that encoding")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(sources: &Sources, root: &Path) -> Vec<String> {
        sources.iter().map(|(_, file)| file.path.strip_prefix(root).unwrap().display().to_string()).collect()
    }

    #[test]
    fn a_folder_gives_its_toml_files_by_path_and_no_hidden_ones() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("sub/.git")).unwrap();
        for name in ["b.toml", "a.toml", "sub/c.toml", ".hidden.toml", "sub/.git/d.toml", "notes.md"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        assert_eq!(names(&read(dir.path()).unwrap(), dir.path()), ["a.toml", "b.toml", "sub/c.toml"]);
        let one = dir.path().join("sub/c.toml");
        assert_eq!(names(&read(&one).unwrap(), dir.path()), ["sub/c.toml"]);
    }

    #[test]
    fn an_empty_folder_is_not_an_error_here() {
        assert!(read(tempfile::tempdir().unwrap().path()).unwrap().is_empty());
    }

    #[test]
    fn a_missing_path_says_what_to_do() {
        let Err(Error::Usage { message, help }) = read(Path::new("no/such/folder")) else { unreachable!() };
        assert_eq!(message, "no/such/folder: there is no such file or folder");
        assert!(help.unwrap().contains("--schema"));
    }

    #[test]
    fn other_encodings_are_named_with_their_line() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.toml");
        fs::write(&file, b"only = [\"sqlite\"]\n# caf\xe9\n").unwrap();
        let message = read(dir.path()).unwrap_err().to_string();
        assert!(message.contains("a.toml:2: this line is not UTF-8"), "{message}");
    }
}
