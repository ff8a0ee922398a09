//! Writes files so that an interrupted run leaves the old or the new text, never half of one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use trueup::error::{Error, Result};

/// An error of the system, at a path.
pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |error| Error::File { path: path.to_owned(), error }
}

/// Writes a file, whatever was there. Folders above it are made.
pub(crate) fn replace(path: &Path, text: &str) -> Result<()> {
    // A link stays one: what it points at is written.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    make_parent(&path)?;
    let temporary = beside(&path);
    let written = fs::File::create(&temporary).and_then(|mut file| {
        if let Ok(old) = fs::metadata(&path) {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&temporary, &path));
    if renamed.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    renamed.map_err(at(&path))
}

/// Writes a file that must not be there yet.
pub(crate) fn create(path: &Path, text: &str) -> Result<()> {
    make_parent(path)?;
    let mut file = fs::File::create_new(path).map_err(at(path))?;
    file.write_all(text.as_bytes()).map_err(at(path))
}

fn make_parent(path: &Path) -> Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => fs::create_dir_all(parent).map_err(at(parent)),
        Some(_) | None => Ok(()),
    }
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Hidden, and not TOML by its name: never read as part of a schema.
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn replaces_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.toml");
        replace(&path, "one").unwrap();
        replace(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn creates_only_what_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trueup.toml");
        create(&path, "one").unwrap();
        assert!(create(&path, "two").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
    }
}
