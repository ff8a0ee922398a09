//! The types of columns, as people and as servers spell them.

use crate::catalog::Sql;

use super::connect::Flavour;
use super::sql;
use super::tokens::{Token, TokenKind, significant};

/// A type with the form in which it is compared.
pub(super) fn of(text: &str, flavour: Flavour) -> Sql {
    let text = text.trim();
    Sql::new(text, canonical(text, flavour))
}

/// A type as people write it: without the widths that MariaDB shows for integers.
pub(super) fn written(ty: &Sql, flavour: Flavour) -> String {
    let text = ty.as_str();
    let Some((name, rest)) = text.split_once('(') else { return text.to_owned() };
    let Some((_, tail)) = rest.split_once(')') else { return text.to_owned() };
    let short = format!("{name}{tail}");
    let has_width = is_integer(name) || name == "year";
    if has_width && canonical(&short, flavour) == ty.canonical() { short } else { text.to_owned() }
}

fn is_integer(name: &str) -> bool {
    matches!(name, "tinyint" | "smallint" | "mediumint" | "int" | "bigint")
}

/// What a type is made of.
struct Parts {
    /// Words before the parenthesis.
    words: Vec<String>,
    /// What stands in the parenthesis, part by part.
    arguments: Option<Vec<String>>,
    /// Words behind it.
    tail: Vec<String>,
}

fn parts(text: &str) -> Parts {
    let mut parts = Parts { words: Vec::new(), arguments: None, tail: Vec::new() };
    let mut depth = 0_usize;
    let mut argument = String::new();
    for token in significant(text) {
        let spelled = spelling(&token, text);
        match (depth, spelled.as_str()) {
            (0, "(") if parts.arguments.is_none() => {
                depth = 1;
                parts.arguments = Some(Vec::new());
            }
            (1, ")") => {
                depth = 0;
                parts.arguments.get_or_insert_default().push(std::mem::take(&mut argument));
            }
            (1, ",") => parts.arguments.get_or_insert_default().push(std::mem::take(&mut argument)),
            (0, _) if parts.arguments.is_none() && !matches!(spelled.as_str(), "unsigned" | "zerofill" | "signed") => {
                parts.words.push(spelled);
            }
            (0, _) => parts.tail.push(spelled),
            _ => argument.push_str(&spelled),
        }
    }
    parts
}

fn spelling(token: &Token, text: &str) -> String {
    match token.kind {
        TokenKind::String => sql::string(&token.string(text).unwrap_or_default()),
        TokenKind::Word => token.text(text).to_lowercase(),
        _ => token.text(text).to_owned(),
    }
}

fn canonical(text: &str, flavour: Flavour) -> String {
    let Parts { words, mut arguments, mut tail } = parts(text);
    let written = words.join(" ");
    let mut name = match written.as_str() {
        "integer" | "int4" => "int",
        "int1" => "tinyint",
        "int2" => "smallint",
        "int3" | "middleint" => "mediumint",
        "int8" => "bigint",
        "dec" | "fixed" | "numeric" => "decimal",
        "double precision" | "real" | "float8" => "double",
        "float4" => "float",
        "character" => "char",
        "character varying" | "char varying" | "varcharacter" => "varchar",
        "char byte" => "binary",
        "long" | "long varchar" | "long char varying" | "long character varying" => "mediumtext",
        "long varbinary" => "mediumblob",
        "geomcollection" => "geometrycollection",
        other => other,
    }
    .to_owned();
    tail.retain(|word| word != "signed");
    if matches!(name.as_str(), "bool" | "boolean") {
        "tinyint".clone_into(&mut name);
        arguments = Some(vec!["1".to_owned()]);
    }
    let zerofill = tail.iter().any(|word| word == "zerofill");
    if zerofill && !tail.iter().any(|word| word == "unsigned") {
        tail.insert(0, "unsigned".to_owned());
    }
    let unsigned = tail.iter().any(|word| word == "unsigned");
    let one = |digits: &str| Some(vec![digits.to_owned()]);
    match (name.as_str(), flavour) {
        (integer, Flavour::Mariadb) if is_integer(integer) => {
            let width = match (integer, unsigned) {
                ("tinyint", false) => "4",
                ("tinyint", true) => "3",
                ("smallint", false) => "6",
                ("smallint", true) => "5",
                ("mediumint", false) => "9",
                ("mediumint", true) => "8",
                ("int", false) => "11",
                ("int", true) => "10",
                _ => "20",
            };
            arguments = arguments.or_else(|| one(width));
        }
        // From 8.0.19 on the width is gone, but for what may be a boolean and what is filled up to it.
        (integer, Flavour::Mysql) if is_integer(integer) && !zerofill => {
            let boolean = integer == "tinyint" && !unsigned && arguments == one("1");
            arguments = arguments.filter(|_| boolean);
        }
        ("year", Flavour::Mysql) => arguments = None,
        ("year", Flavour::Mariadb) => arguments = arguments.or_else(|| one("4")),
        ("decimal", _) => {
            let mut digits = arguments.unwrap_or_else(|| vec!["10".to_owned()]);
            if digits.len() == 1 {
                digits.push("0".to_owned());
            }
            arguments = Some(digits);
        }
        ("char" | "binary" | "bit", _) => arguments = arguments.or_else(|| one("1")),
        ("datetime" | "timestamp" | "time", _) => arguments = arguments.filter(|digits| *digits != ["0"]),
        // `float(p)` only chooses between the two.
        ("float", _) if arguments.as_ref().is_some_and(|digits| digits.len() == 1) => {
            let digits = arguments.take().and_then(|digits| digits.first()?.parse::<u32>().ok());
            if digits.is_some_and(|digits| digits > 24) {
                "double".clone_into(&mut name);
            }
        }
        _ => {}
    }
    let arguments = arguments.map(|list| format!("({})", list.join(","))).unwrap_or_default();
    let tail: String = tail.iter().flat_map(|word| [" ", word.as_str()]).collect();
    format!("{name}{arguments}{tail}")
}

/// Whether values of this type are numbers, so that MySQL's `DEFAULT '3'` is 3.
pub(super) fn is_number(ty: &Sql) -> bool {
    let name = ty.canonical().split(['(', ' ']).next().unwrap_or_default();
    is_integer(name) || matches!(name, "decimal" | "float" | "double" | "year")
}

/// Whether MySQL takes no literal as a default of this type, so that one stands in parentheses.
pub(super) fn has_no_literal_default(ty: &Sql) -> bool {
    let name = ty.canonical().split(['(', ' ']).next().unwrap_or_default();
    name.ends_with("text") || name.ends_with("blob") || name == "json" || is_spatial(name)
}

/// Whether values of this type have a spatial reference system.
pub(super) fn is_geometry(ty: &Sql) -> bool {
    is_spatial(ty.canonical())
}

pub(super) fn is_spatial(name: &str) -> bool {
    matches!(
        name,
        "geometry"
            | "point"
            | "linestring"
            | "polygon"
            | "multipoint"
            | "multilinestring"
            | "multipolygon"
            | "geometrycollection"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_type_has_one_form() {
        for (a, b) in [
            ("integer", "INT"),
            ("int(11)", "int"),
            ("bool", "tinyint(1)"),
            ("numeric", "decimal(10, 0)"),
            ("character varying(40)", "varchar(40)"),
            ("int zerofill", "int unsigned zerofill"),
            ("enum('a', 'B')", "ENUM('a','B')"),
            ("double precision", "double"),
            ("datetime(0)", "datetime"),
            ("float(30)", "double"),
        ] {
            for flavour in [Flavour::Mysql, Flavour::Mariadb] {
                assert_eq!(of(a, flavour), of(b, flavour), "{a} and {b}");
            }
        }
        assert_eq!(of("int(5)", Flavour::Mysql), of("int", Flavour::Mysql));
        assert_ne!(of("int(5)", Flavour::Mariadb), of("int", Flavour::Mariadb));
        assert_ne!(of("tinyint(1)", Flavour::Mysql), of("tinyint", Flavour::Mysql));
        assert_ne!(of("enum('a')", Flavour::Mysql), of("enum('A')", Flavour::Mysql));
        assert_eq!(written(&of("int(10) unsigned", Flavour::Mariadb), Flavour::Mariadb), "int unsigned");
        assert_eq!(written(&of("tinyint(1)", Flavour::Mariadb), Flavour::Mariadb), "tinyint(1)");
    }
}
