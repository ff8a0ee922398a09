//! The names of types, as `format_type` prints them.

use super::sql::quote;
use super::tokens::{Token, TokenKind, significant};

/// A type as people write it, in the server's spelling: `varchar(20)` is `character varying(20)`.
///
/// What is no type to the grammar of types stays as it is, its tokens apart.
pub(super) fn canonical(text: &str) -> String {
    let text = text.trim();
    // What a function gives rows of.
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(0));
    if word.eq_ignore_ascii_case("setof") {
        return format!("SETOF {}", canonical(rest));
    }
    Parser::new(text).whole().map_or_else(|| text.to_owned(), |ty| ty.to_string())
}

/// Whether it is the type of a name: `regclass` and its kin, whose literals say what they name.
pub(super) fn is_of_names(text: &str) -> bool {
    identity(text).trim_end_matches("[]").starts_with("reg")
        && Parser::new(text).whole().is_some_and(|ty| ty.own.is_none())
}

/// The type without its modifiers, as it identifies a function: `numeric` of `numeric(10,2)`.
pub(super) fn identity(text: &str) -> String {
    match Parser::new(text).whole() {
        Some(ty) => Type { modifiers: Vec::new(), ..ty }.to_string(),
        None => text.trim().to_owned(),
    }
}

/// A type of people's own with its schema, where it is written without and this is where it is.
pub(super) fn in_schema(text: &str, schema: &str, is_there: &dyn Fn(&str) -> bool) -> Option<String> {
    let ty = Parser::new(text).whole().filter(|ty| ty.schema.is_none() && ty.own.as_deref().is_some_and(is_there))?;
    Some(Type { schema: Some(schema.to_owned()), ..ty }.to_string())
}

/// A type taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Type {
    /// The schema, unless it is `pg_catalog` or `public`.
    pub(super) schema: Option<String>,
    /// The name, as it is printed.
    name: String,
    modifiers: Vec<String>,
    /// What stands behind the modifiers: `with time zone`.
    tail: &'static str,
    array: bool,
    /// The name without its quotes, where people made the type.
    pub(super) own: Option<String>,
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{}.", quote(schema))?;
        }
        f.write_str(&self.name)?;
        if !self.modifiers.is_empty() {
            write!(f, "({})", self.modifiers.join(","))?;
        }
        f.write_str(self.tail)?;
        f.write_str(if self.array { "[]" } else { "" })
    }
}

/// The type that a text begins with, and how many of its bytes are it.
pub(super) fn parse(text: &str) -> Option<(Type, usize)> {
    let mut parser = Parser::new(text);
    let ty = parser.one()?;
    let end = parser.at.checked_sub(1).and_then(|last| parser.tokens.get(last)).map_or(0, |token| token.end);
    Some((ty, end))
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, tokens: significant(text).collect(), at: 0 }
    }

    fn whole(&mut self) -> Option<Type> {
        let ty = self.one()?;
        (self.at == self.tokens.len()).then_some(ty)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        let found = self.peek().is_some_and(|t| t.kind == TokenKind::Symbol && t.text(self.text) == symbol);
        self.at += usize::from(found);
        found
    }

    /// Takes these words, all or none.
    fn words(&mut self, words: &[&str]) -> bool {
        let all = words
            .iter()
            .enumerate()
            .all(|(n, word)| self.tokens.get(self.at + n).is_some_and(|token| token.is_word(self.text, word)));
        self.at += if all { words.len() } else { 0 };
        all
    }

    fn name(&mut self) -> Option<String> {
        let name = self.peek()?.identifier(self.text)?;
        self.at += 1;
        Some(name)
    }

    /// `(10, 2)`; what is no number as it is.
    fn modifiers(&mut self) -> Option<Vec<String>> {
        let mut modifiers = Vec::new();
        if !self.symbol("(") {
            return Some(modifiers);
        }
        let mut current = String::new();
        loop {
            let token = *self.peek()?;
            self.at += 1;
            match token.text(self.text) {
                ")" => break,
                "," => modifiers.push(std::mem::take(&mut current)),
                "(" => return None,
                text => current.push_str(text),
            }
        }
        modifiers.push(current);
        Some(modifiers)
    }

    fn one(&mut self) -> Option<Type> {
        let mut ty = self.scalar()?;
        if self.words(&["array"]) {
            ty.array = true;
            if self.symbol("[") {
                self.at += usize::from(self.peek()?.kind == TokenKind::Number);
                self.symbol("]").then_some(())?;
            }
        }
        while self.symbol("[") {
            ty.array = true;
            self.at += usize::from(self.peek()?.kind == TokenKind::Number);
            self.symbol("]").then_some(())?;
        }
        Some(ty)
    }

    fn scalar(&mut self) -> Option<Type> {
        let quoted = self.peek()?.kind == TokenKind::Quoted;
        if !quoted && let Some(ty) = self.of_the_grammar() {
            return ty;
        }
        let mut name = self.name()?;
        let mut schema = None;
        if self.symbol(".") {
            schema = Some(std::mem::replace(&mut name, self.name()?));
        }
        let modifiers = self.modifiers()?;
        match schema.as_deref() {
            None | Some("pg_catalog") => Some(internal(&name, modifiers)),
            Some("public") => Some(own(None, &name, modifiers)),
            Some(_) => Some(own(schema, &name, modifiers)),
        }
    }

    /// The types that have words of their own in the grammar; the outer `None`: none of them.
    #[expect(clippy::option_option, reason = "not of the grammar, of it and wrong, of it and right")]
    fn of_the_grammar(&mut self) -> Option<Option<Type>> {
        let before = self.at;
        let national = self.words(&["national"]);
        if self.words(&["double", "precision"]) {
            return Some(Some(plain("double precision")));
        }
        let character = ["character", "char", "nchar"].into_iter().any(|word| self.words(&[word]));
        if character {
            if self.symbol(".") {
                self.at = before;
                return None;
            }
            let varying = self.words(&["varying"]);
            let modifiers = self.modifiers();
            return Some(modifiers.map(|modifiers| match (varying, modifiers.is_empty()) {
                (true, _) => Type { modifiers, ..plain("character varying") },
                (false, true) => Type { modifiers: vec!["1".to_owned()], ..plain("character") },
                (false, false) => Type { modifiers, ..plain("character") },
            }));
        }
        if national {
            self.at = before;
            return None;
        }
        if self.words(&["varchar"]) {
            return Some(self.modifiers().map(|modifiers| Type { modifiers, ..plain("character varying") }));
        }
        if self.words(&["bit"]) {
            let varying = self.words(&["varying"]);
            return Some(self.modifiers().map(|mut modifiers| {
                if !varying && modifiers.is_empty() {
                    modifiers.push("1".to_owned());
                }
                Type { modifiers, ..plain(if varying { "bit varying" } else { "bit" }) }
            }));
        }
        for word in ["timestamp", "time"] {
            if self.words(&[word]) {
                let Some(modifiers) = self.modifiers() else { return Some(None) };
                let with = self.words(&["with", "time", "zone"]);
                if !with {
                    self.words(&["without", "time", "zone"]);
                }
                let tail = if with { " with time zone" } else { " without time zone" };
                return Some(Some(Type { modifiers, tail, ..plain(word) }));
            }
        }
        if self.words(&["interval"]) {
            let fields = [
                (&["year", "to", "month"][..], "interval year to month"),
                (&["day", "to", "hour"], "interval day to hour"),
                (&["day", "to", "minute"], "interval day to minute"),
                (&["day", "to", "second"], "interval day to second"),
                (&["hour", "to", "minute"], "interval hour to minute"),
                (&["hour", "to", "second"], "interval hour to second"),
                (&["minute", "to", "second"], "interval minute to second"),
                (&["year"], "interval year"),
                (&["month"], "interval month"),
                (&["day"], "interval day"),
                (&["hour"], "interval hour"),
                (&["minute"], "interval minute"),
                (&["second"], "interval second"),
            ];
            let name = fields.into_iter().find(|(words, _)| self.words(words)).map_or("interval", |(_, name)| name);
            return Some(self.modifiers().map(|modifiers| Type { modifiers, ..plain(name) }));
        }
        None
    }
}

fn plain(name: &str) -> Type {
    Type { schema: None, name: name.to_owned(), modifiers: Vec::new(), tail: "", array: false, own: None }
}

fn own(schema: Option<String>, name: &str, modifiers: Vec<String>) -> Type {
    Type { schema, modifiers, own: Some(name.to_owned()), ..plain(&quote(name)) }
}

/// A type by its name in `pg_type`, or another word for it.
fn internal(name: &str, mut modifiers: Vec<String>) -> Type {
    let printed = match name {
        "int" | "int4" | "integer" => "integer",
        "int8" | "bigint" => "bigint",
        "int2" | "smallint" => "smallint",
        "bool" | "boolean" => "boolean",
        "float4" | "real" => "real",
        "float8" => "double precision",
        "float" => {
            // Up to 24 binary digits fit into a real.
            let short = modifiers.first().and_then(|digits| digits.parse::<u32>().ok()).is_some_and(|n| n <= 24);
            modifiers.clear();
            if short { "real" } else { "double precision" }
        }
        "decimal" | "dec" | "numeric" => {
            if modifiers.len() == 1 {
                modifiers.push("0".to_owned());
            }
            "numeric"
        }
        "varchar" => "character varying",
        "bpchar" if modifiers.is_empty() => "bpchar",
        "bpchar" => "character",
        "char" => "\"char\"",
        "varbit" => "bit varying",
        "timestamptz" => return Type { modifiers, tail: " with time zone", ..plain("timestamp") },
        "timestamp" => return Type { modifiers, tail: " without time zone", ..plain("timestamp") },
        "timetz" => return Type { modifiers, tail: " with time zone", ..plain("time") },
        "time" => return Type { modifiers, tail: " without time zone", ..plain("time") },
        "interval" => "interval",
        // What the server has an array type for by another name than `[]`.
        array if array.starts_with('_') && is_builtin(&array[1..]) => {
            return Type { array: true, ..internal(&array[1..], modifiers) };
        }
        builtin if is_builtin(builtin) => builtin,
        _ => return own(None, name, modifiers),
    };
    Type { modifiers, ..plain(printed) }
}

/// The other types that every database has and that columns usually have.
fn is_builtin(name: &str) -> bool {
    matches!(
        name,
        "text"
            | "bytea"
            | "date"
            | "uuid"
            | "json"
            | "jsonb"
            | "jsonpath"
            | "xml"
            | "inet"
            | "cidr"
            | "macaddr"
            | "macaddr8"
            | "money"
            | "name"
            | "oid"
            | "tsvector"
            | "tsquery"
            | "point"
            | "line"
            | "lseg"
            | "box"
            | "path"
            | "polygon"
            | "circle"
            | "int4range"
            | "int8range"
            | "numrange"
            | "tsrange"
            | "tstzrange"
            | "daterange"
            | "int4multirange"
            | "int8multirange"
            | "nummultirange"
            | "tsmultirange"
            | "tstzmultirange"
            | "datemultirange"
            | "regclass"
            | "regproc"
            | "regprocedure"
            | "regtype"
            | "regrole"
            | "regnamespace"
            | "regconfig"
            | "regoper"
            | "regoperator"
            | "regdictionary"
            | "pg_lsn"
            | "record"
            | "void"
            | "trigger"
            | "event_trigger"
            | "anyelement"
            | "anyarray"
            | "anynonarray"
            | "anyenum"
            | "anyrange"
            | "internal"
            | "cstring"
            | "int4"
            | "int8"
            | "int2"
            | "bool"
            | "float4"
            | "float8"
            | "numeric"
            | "varchar"
            | "bpchar"
            | "timestamptz"
            | "timestamp"
            | "time"
            | "timetz"
            | "interval"
            | "bit"
            | "varbit"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelled_as_the_server_does() {
        for (written, printed) in [
            ("int", "integer"),
            ("INT8", "bigint"),
            ("varchar(20)", "character varying(20)"),
            ("Character Varying ( 20 )", "character varying(20)"),
            ("char", "character(1)"),
            ("\"char\"", "\"char\""),
            ("bpchar", "bpchar"),
            ("bpchar(4)", "character(4)"),
            ("nchar(3)", "character(3)"),
            ("national character varying(3)", "character varying(3)"),
            ("decimal(10)", "numeric(10,0)"),
            ("decimal(10, 2)", "numeric(10,2)"),
            ("numeric", "numeric"),
            ("float(24)", "real"),
            ("float(25)", "double precision"),
            ("float", "double precision"),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            ("timestamp", "timestamp without time zone"),
            ("timestamp with time zone", "timestamp with time zone"),
            ("time(2) without time zone", "time(2) without time zone"),
            ("timetz", "time with time zone"),
            ("interval day to second(3)", "interval day to second(3)"),
            ("bit", "bit(1)"),
            ("varbit(5)", "bit varying(5)"),
            ("setof  int8", "SETOF bigint"),
            ("int[][3]", "integer[]"),
            ("text array", "text[]"),
            ("pg_catalog.int4", "integer"),
            ("_text", "text[]"),
            ("public.order_status", "order_status"),
            ("billing.status[]", "billing.status[]"),
            ("\"MyType\"", "\"MyType\""),
            ("MyType", "mytype"),
            ("\"order_status\"", "order_status"),
            ("public.geometry(Point, 4326)", "geometry(Point,4326)"),
            ("bool", "boolean"),
            ("boolean", "boolean"),
            ("real", "real"),
        ] {
            assert_eq!(canonical(written), printed, "{written}");
            assert_eq!(canonical(printed), printed, "{printed}");
        }
    }

    #[test]
    fn modifiers_identify_no_function() {
        for (written, identity_type) in [
            ("numeric(10,2)", "numeric"),
            ("char(3)", "character"),
            ("char", "character"),
            ("timestamptz(3)", "timestamp with time zone"),
            ("varchar(3)[]", "character varying[]"),
        ] {
            assert_eq!(identity(written), identity_type);
        }
    }
}
