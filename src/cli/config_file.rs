//! Reads trueup.toml: unknown keys and wrong values are errors at their place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use trueup::diagnostic::{Diagnostic, Diagnostics, FileId, Place, Sources};
use trueup::error::{Error, Result};

use super::{duration, library};

/// What trueup.toml says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ConfigFile {
    pub(crate) schema: Option<String>,
    pub(crate) manage: ManageKeys,
    pub(crate) env: BTreeMap<String, Env>,
}

/// `[manage]`, as patterns not compiled yet: how letters match depends on the database.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ManageKeys {
    pub(crate) include: Option<Vec<String>>,
    pub(crate) exclude: Vec<String>,
    pub(crate) protect: Vec<String>,
    pub(crate) complete: Vec<String>,
}

/// `[env.NAME]`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Env {
    pub(crate) url: Option<Url>,
    pub(crate) lock_timeout: Option<Duration>,
}

/// Where a URL stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Url {
    /// Here.
    Plain(String),
    /// In a variable of the environment.
    Variable(String),
}

/// Reads the text of a trueup.toml; `path` is how errors name it.
pub(crate) fn parse(path: &str, text: &str) -> Result<ConfigFile> {
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let mut reader = Reader { file, items: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reader.error(error.message().to_owned(), error.span().unwrap_or(0..0), None);
    }
    let config = if reader.items.is_empty() { reader.config(table.get_ref()) } else { ConfigFile::default() };
    if reader.items.is_empty() {
        Ok(config)
    } else {
        Err(Error::Input(Box::new(Diagnostics { sources, items: reader.items })))
    }
}

struct Reader {
    file: FileId,
    items: Vec<Diagnostic>,
}

type Value<'t, 'i> = &'t Spanned<DeValue<'i>>;

impl Reader {
    fn error(&mut self, message: impl Into<String>, span: Range<usize>, help: Option<String>) {
        let mut item = Diagnostic::error(message).at(Place::new(self.file, span), "");
        item.help = help;
        self.items.push(item);
    }

    fn config(&mut self, table: &DeTable<'_>) -> ConfigFile {
        let mut config = ConfigFile::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "schema" => config.schema = self.text(value),
                "manage" => {
                    if let Some(table) = self.table(value) {
                        config.manage = self.manage(table);
                    }
                }
                "env" => {
                    let Some(table) = self.table(value) else { continue };
                    for (name, value) in table {
                        if let Some(table) = self.table(value) {
                            let env = self.env(table);
                            config.env.insert(name.get_ref().to_string(), env);
                        }
                    }
                }
                _ => self.unknown(key, &["schema", "manage", "env"], "trueup.toml"),
            }
        }
        config
    }

    fn manage(&mut self, table: &DeTable<'_>) -> ManageKeys {
        let mut manage = ManageKeys::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "include" => {
                    let include = self.texts(value);
                    if include.is_empty() && value.get_ref().is_array() {
                        let help = Some("leave it out, or write `include = [\"*\"]`, to manage everything".to_owned());
                        self.error("`include` has no pattern, so nothing would be managed", value.span(), help);
                    }
                    manage.include = Some(include);
                }
                "exclude" => manage.exclude = self.texts(value),
                "protect" => manage.protect = self.texts(value),
                "complete" => {
                    manage.complete = self.texts(value);
                    let known = library::completable();
                    let unknown = manage.complete.iter().filter(|word| *word != "*" && !known.contains(word.as_str()));
                    for word in unknown.cloned().collect::<Vec<_>>() {
                        let help = library::suggest(&word, known.iter().copied());
                        self.error(
                            format!("`{word}` is nothing that is left alone where it is not said"),
                            value.span(),
                            help,
                        );
                    }
                }
                _ => self.unknown(key, &["include", "exclude", "protect", "complete"], "[manage]"),
            }
        }
        manage
    }

    fn env(&mut self, table: &DeTable<'_>) -> Env {
        let mut env = Env::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "url" => env.url = self.url(value),
                "lock_timeout" => {
                    let Some(text) = self.text(value) else { continue };
                    match duration::parse(&text) {
                        Ok(time) => env.lock_timeout = Some(time),
                        Err(advice) => self.error(format!("`{text}` is not a time"), value.span(), Some(advice)),
                    }
                }
                _ => self.unknown(key, &["url", "lock_timeout"], "[env.NAME]"),
            }
        }
        env
    }

    fn url(&mut self, value: Value<'_, '_>) -> Option<Url> {
        let Some(table) = value.get_ref().as_table() else {
            return self.text(value).map(Url::Plain);
        };
        let mut url = None;
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "env" => url = self.text(value).map(Url::Variable),
                _ => self.unknown(key, &["env"], "url"),
            }
        }
        if url.is_none() && table.is_empty() {
            self.error("which variable?", value.span(), Some("write `{ env = \"VARIABLE\" }`".to_owned()));
        }
        url
    }

    fn table<'t, 'i>(&mut self, value: Value<'t, 'i>) -> Option<&'t DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.error(format!("a table is expected here, not {}", article(value)), value.span(), None);
        }
        table
    }

    fn text(&mut self, value: Value<'_, '_>) -> Option<String> {
        let text = value.get_ref().as_str().map(ToOwned::to_owned);
        if text.is_none() {
            self.error(format!("a string is expected here, not {}", article(value)), value.span(), None);
        }
        text
    }

    fn texts(&mut self, value: Value<'_, '_>) -> Vec<String> {
        let Some(array) = value.get_ref().as_array() else {
            let help = value.get_ref().as_str().map(|text| format!("write `[\"{text}\"]`"));
            self.error(format!("an array of strings is expected here, not {}", article(value)), value.span(), help);
            return Vec::new();
        };
        array.iter().filter_map(|value| self.text(value)).collect()
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str], of: &str) {
        let help = library::suggest(key.get_ref(), known.iter().copied());
        self.error(format!("unknown key `{}` in {of}", key.get_ref()), key.span(), help);
    }
}

fn article(value: Value<'_, '_>) -> String {
    let kind = value.get_ref().type_str();
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use trueup::report::error::render;

    fn wrong(text: &str) -> String {
        let error = parse("trueup.toml", text).unwrap_err();
        anstream::adapter::strip_str(&render(&error)).to_string()
    }

    #[test]
    fn reads_all_of_it() {
        let config = parse(
            "trueup.toml",
            r#"
schema = "db"
[manage]
exclude = ["table.tmp_*"]
protect = ["table.order"]
complete = ["grant"]
[env.local]
url = "sqlite:shop.db"
[env.production]
url = { env = "PRODUCTION_URL" }
lock_timeout = "10s"
"#,
        )
        .unwrap();
        assert_eq!(config.schema.as_deref(), Some("db"));
        assert_eq!(config.manage.include, None);
        assert_eq!(config.manage.exclude, ["table.tmp_*"]);
        assert_eq!(config.env["local"].url, Some(Url::Plain("sqlite:shop.db".into())));
        assert_eq!(config.env["production"].url, Some(Url::Variable("PRODUCTION_URL".into())));
        assert_eq!(config.env["production"].lock_timeout, Some(Duration::from_secs(10)));
    }

    #[test]
    fn unknown_keys_and_wrong_values_are_all_shown() {
        let text = "shema = \"db\"\n[manage]\nexclude = \"table.x\"\ninclude = []\n[env.local]\nlock_timeout = \"3\"\nurl = 1\n";
        insta::assert_snapshot!(wrong(text), @r#"
        error: unknown key `shema` in trueup.toml
         --> trueup.toml:1:1
          |
        1 | shema = "db"
          | ^^^^^
          |
          = help: did you mean `schema`?

        error: an array of strings is expected here, not a string
         --> trueup.toml:3:11
          |
        3 | exclude = "table.x"
          |           ^^^^^^^^^
          |
          = help: write `["table.x"]`

        error: `include` has no pattern, so nothing would be managed
         --> trueup.toml:4:11
          |
        4 | include = []
          |           ^^
          |
          = help: leave it out, or write `include = ["*"]`, to manage everything

        error: `3` is not a time
         --> trueup.toml:6:16
          |
        6 | lock_timeout = "3"
          |                ^^^
          |
          = help: a time is a whole number with ms, s, m or h: `3s`, `500ms`

        error: a string is expected here, not an integer
         --> trueup.toml:7:7
          |
        7 | url = 1
          |       ^

        5 errors
        "#);
    }

    #[test]
    fn what_is_no_toml() {
        insta::assert_snapshot!(wrong("schema = db\n"), @r"
        error: string values must be quoted, expected literal string
         --> trueup.toml:1:10
          |
        1 | schema = db
          |          ^^
        ");
    }
}
