//! Which object goes into which new file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::FileChange;
use crate::catalog::{Kind, ObjectId};
use crate::document::raise::Block;

/// How new files are cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// One file.
    Single,
    /// One file for each kind.
    ByKind,
    /// One file for each object.
    ByObject,
    /// One file for each schema and group, a single one when there is little.
    #[default]
    Grouped,
}

/// So many objects still read well in one file.
pub(super) const SMALL: usize = 25;

/// How many parts the path of a new file has at most: a schema, a kind, a name.
pub(super) const DEEPEST: usize = 3;

/// The longest name of a file, its ending aside.
const LONGEST: usize = 120;

/// The file of a new object; `large` says that there are more than fit one file.
pub(super) fn file_of(id: &ObjectId, layout: Layout, large: bool) -> PathBuf {
    let single = PathBuf::from("schema.toml");
    let of_schema = |file: &str| match id.schema() {
        Some(schema) => PathBuf::from(file_name(schema.as_str())).join(file),
        None => PathBuf::from(file),
    };
    match layout {
        Layout::Single => single,
        Layout::ByKind => PathBuf::from(format!("{}s.toml", id.kind().word())),
        Layout::ByObject => {
            let name = format!("{}.toml", file_name(id.name().as_str()));
            of_schema(id.kind().word()).join(name)
        }
        Layout::Grouped if !large => single,
        Layout::Grouped if id.kind() == Kind::View => of_schema("views.toml"),
        Layout::Grouped => of_schema("tables.toml"),
    }
}

/// All files of an import into an empty folder.
pub(super) fn all_files(blocks: Vec<Block>, layout: Layout) -> Vec<FileChange> {
    let large = blocks.len() > SMALL;
    let mut files: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    for block in blocks {
        files.entry(file_of(&block.id, layout, large)).or_default().push(block.render("\n"));
    }
    let new = |(path, blocks): (PathBuf, Vec<String>)| FileChange { path, text: Some(blocks.join("\n")), is_new: true };
    files.into_iter().map(new).collect()
}

/// The file of a database that holds nothing: TOML that declares nothing is an error unless it says so.
pub(super) fn nothing() -> FileChange {
    let text = "# The database holds nothing. Without this line, TOML that declares nothing is an error.\nallow_empty = true\n";
    FileChange { path: PathBuf::from("schema.toml"), text: Some(text.to_owned()), is_new: true }
}

/// A name as the name of a file on any system.
fn file_name(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() || c == '_' || c == '-' {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    if out.len() > LONGEST || out.is_empty() {
        let digest = Sha256::digest(name.as_bytes());
        out = out.chars().take(LONGEST / 4).collect();
        for byte in digest.iter().take(8) {
            let _ = write!(out, "{byte:02x}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Name;

    #[test]
    fn every_name_has_a_file() {
        let file = |name: &str| {
            let id = ObjectId::top(Kind::Table, None, Name::exact(name));
            file_of(&id, Layout::ByObject, true).display().to_string()
        };
        assert_eq!(file("order"), "table/order.toml");
        assert_eq!(file("../a b"), "table/%2E%2E%2Fa%20b.toml");
        assert!(file(&"é".repeat(500)).len() < 200);
        assert_ne!(file(""), file(&"x".repeat(121)));
    }
}
