//! `.pgpass`: which password is for which server.

use std::fs::{self, Metadata};
use std::path::Path;

/// Who asks: the four things a line of the file is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Login<'a> {
    /// The host as it was named; `localhost` stands for a socket in the default folder.
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) database: &'a str,
    pub(super) user: &'a str,
}

/// The password in the file, or why the file was not read. That it is not there is no news.
pub(super) fn look_up(path: &Path, login: Login<'_>) -> Result<Option<String>, String> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(None) };
    if !metadata.is_file() {
        return Err(format!("{} is no file, so no password was read from it", path.display()));
    }
    if open_to_others(&metadata) {
        let path = path.display();
        return Err(format!("{path} was not read, as others may read it; `chmod 600 {path}` closes it"));
    }
    let text = fs::read_to_string(path).map_err(|error| format!("{} was not read: {error}", path.display()))?;
    Ok(password(&text, login))
}

/// libpq ignores the file then, too.
#[cfg(unix)]
fn open_to_others(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

/// Elsewhere the folder is the user's own.
#[cfg(not(unix))]
fn open_to_others(_: &Metadata) -> bool {
    false
}

/// The first line that fits: `host:port:database:user:password`.
fn password(text: &str, login: Login<'_>) -> Option<String> {
    let port = login.port.to_string();
    let wanted = [login.host, &port, login.database, login.user];
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut rest = line;
        for wanted in wanted {
            let (field, behind) = field(rest)?;
            // A `*` is a wildcard only where it stands bare.
            if field != wanted && !rest.starts_with("*:") {
                return None;
            }
            rest = behind;
        }
        // libpq too ends the password at a `:` that is not escaped.
        Some(field(rest).map_or_else(|| unescape(rest), |(password, _)| password)).filter(|found| !found.is_empty())
    })
}

/// The text up to the next `:` that no backslash stands before, and what is behind it.
fn field(text: &str) -> Option<(String, &str)> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            ':' if !escaped => return Some((unescape(text.get(..at)?), text.get(at + 1..)?)),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}

fn unescape(text: &str) -> String {
    let (mut plain, mut chars) = (String::new(), text.chars());
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    plain
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LOGIN: Login<'_> = Login { host: "h", port: 5432, database: "d", user: "u" };

    #[test]
    fn the_first_line_that_fits_is_taken() {
        let found = |text: &str| password(text, LOGIN);
        assert_eq!(found("h:5432:d:u:one\n*:*:*:*:two").as_deref(), Some("one"));
        assert_eq!(found("h:5433:d:u:one\n*:*:*:u:two").as_deref(), Some("two"));
        assert_eq!(found("#h:5432:d:u:one\nh:5432:d:v:two\ngarbage\n"), None);
        assert_eq!(found(r"h:5432:d:u:a\:b\\c").as_deref(), Some(r"a:b\c"));
        assert_eq!(found("h:5432:d:u:"), None);
        let colon = Login { host: "::1", user: r"a\b", ..LOGIN };
        assert_eq!(password(r"\:\:1:5432:*:a\\b:three", colon).as_deref(), Some("three"));
        assert_eq!(password(r"\*:5432:d:u:x", LOGIN), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_not_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".pgpass");
        assert_eq!(look_up(&path, LOGIN), Ok(None));
        fs::write(&path, "*:*:*:*:secret").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let note = look_up(&path, LOGIN).unwrap_err();
        assert!(note.contains("chmod 600") && !note.contains("secret"), "{note}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(look_up(&path, LOGIN).unwrap().as_deref(), Some("secret"));
    }
}
