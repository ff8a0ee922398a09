//! Merges what people add by hand (`renamed_from`, `backfill`) into TOML that `import` wrote.

use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, TableLike, Value};

/// Merges a TOML text into the files of a folder: each top-level object into the file that declares it.
pub(crate) fn merge(folder: &Path, directives: &str) -> Result<(), String> {
    let directives: DocumentMut = directives.parse().map_err(|error| format!("directives: {error}"))?;
    let mut files = Vec::new();
    for path in
        super::program::snapshot(folder).into_keys().filter(|path| path.extension().is_some_and(|e| e == "toml"))
    {
        let path = folder.join(path);
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let document: DocumentMut = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
        files.push((path, document));
    }
    for (kind, objects) in directives.iter() {
        let objects = objects.as_table_like().ok_or("a directive is [kind.name]")?;
        for (name, object) in objects.iter() {
            let target = find(&mut files, kind, name).ok_or_else(|| format!("no file declares {kind}.{name}"))?;
            merge_item(target, object);
        }
    }
    for (path, document) in files {
        fs::write(path, document.to_string()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn find<'a>(files: &'a mut [(PathBuf, DocumentMut)], kind: &str, name: &str) -> Option<&'a mut Item> {
    files.iter_mut().find_map(|(_, document)| document.get_mut(kind)?.as_table_like_mut()?.get_mut(name))
}

fn merge_item(target: &mut Item, from: &Item) {
    let Some(from) = from.as_table_like() else {
        *target = plain(from);
        return;
    };
    lengthen(target);
    let Some(table) = target.as_table_like_mut() else { return };
    for (key, item) in from.iter() {
        if let Some(inner) = table.get_mut(key) {
            merge_item(inner, item);
        } else {
            add(table, key, item);
        }
    }
}

/// A short form (`["a"]`, `"a > 0"`) becomes the long one.
fn lengthen(target: &mut Item) {
    let key = match target.as_value() {
        Some(Value::Array(_)) => "columns",
        Some(Value::String(_)) => "sql",
        _ => return,
    };
    if let Some(value) = target.as_value() {
        let mut long = toml_edit::InlineTable::new();
        long.insert(key, value.clone());
        *target = Item::Value(Value::InlineTable(long));
    }
}

fn add(table: &mut dyn TableLike, key: &str, item: &Item) {
    table.insert(key, plain(item));
}

/// The item without the spacing of where it came from; tables become inline ones, which fit everywhere.
fn plain(item: &Item) -> Item {
    match item.clone().into_value() {
        Ok(mut value) => {
            value.decor_mut().clear();
            Item::Value(value)
        }
        Err(item) => item,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_find_their_object() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.toml");
        fs::write(&file, "[table.t]\nprimary_key = [\"a\"]\n\n[table.t.column]\na = { type = \"int\" }\n\n[table.t.index]\ni = [\"a\"]\n")
            .expect("a file");
        merge(folder.path(), "[table.t]\nrenamed_from = \"s\"\n[table.t.column.a]\nrenamed_from = \"b\"\n[table.t.index.i]\nrenamed_from = \"k\"\n")
            .expect("merged");
        let text = fs::read_to_string(&file).expect("the file");
        assert!(text.contains("primary_key = [\"a\"]\nrenamed_from = \"s\"\n"), "{text}");
        assert!(
            text.contains("a = { type = \"int\" , renamed_from = \"b\" }")
                || text.contains("a = { type = \"int\", renamed_from = \"b\" }"),
            "{text}"
        );
        assert!(text.contains("i = { columns = [\"a\"], renamed_from = \"k\" }"), "{text}");
    }
}
