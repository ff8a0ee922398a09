//! What answered: the flavour, its version and what that can do.

use crate::catalog::Action;
use crate::error::{Error, Result};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// MySQL and what is made from it, as Percona Server.
    Mysql,
    /// MariaDB.
    Mariadb,
}

impl Flavour {
    /// What a foreign key does of which nothing is said. To `InnoDB` the two are one, but each server keeps which
    /// was written, and shows one of them by silence.
    pub(in super::super) const fn unsaid_action(self) -> Action {
        match self {
            Self::Mysql => Action::NoAction,
            Self::Mariadb => Action::Restrict,
        }
    }

    /// The `sql_mode` that a server comes with: MySQL's since 8.0, MariaDB's since 10.2.
    pub(in super::super) const fn default_sql_mode(self) -> &'static [&'static str] {
        match self {
            Self::Mysql => &[
                "ONLY_FULL_GROUP_BY",
                "STRICT_TRANS_TABLES",
                "NO_ZERO_IN_DATE",
                "NO_ZERO_DATE",
                "ERROR_FOR_DIVISION_BY_ZERO",
                "NO_ENGINE_SUBSTITUTION",
            ],
            Self::Mariadb => {
                &["STRICT_TRANS_TABLES", "ERROR_FOR_DIVISION_BY_ZERO", "NO_AUTO_CREATE_USER", "NO_ENGINE_SUBSTITUTION"]
            }
        }
    }
}

/// A version, `(8, 0, 36)`.
pub(super) type Version = (u16, u16, u16);

/// What answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Which of the two.
    pub flavour: Flavour,
    /// Its version.
    pub version: Version,
    /// Its version as people say it: `MariaDB 10.11.19`.
    pub text: String,
}

impl Server {
    /// Reads `@@version`, and refuses what is too old.
    pub fn read(version: &str, comment: &str) -> Result<Self> {
        let of = |text: &str| text.to_ascii_lowercase();
        if of(version).contains("tidb") || of(comment).contains("tidb") {
            return Err(unsupported("TiDB", version));
        }
        let flavour = if of(version).contains("mariadb") || of(comment).contains("mariadb") {
            Flavour::Mariadb
        } else {
            Flavour::Mysql
        };
        let (product, oldest) = match flavour {
            Flavour::Mysql => ("MySQL", (8, 0, 0)),
            Flavour::Mariadb => ("MariaDB", (10, 6, 0)),
        };
        let Some(number) = parse(version).filter(|number| *number >= oldest) else {
            return Err(unsupported(product, version));
        };
        let text = format!("{product} {}.{}.{}", number.0, number.1, number.2);
        Ok(Self { flavour, version: number, text })
    }

    fn is(&self, mysql: Option<Version>, mariadb: Option<Version>) -> bool {
        let since = match self.flavour {
            Flavour::Mysql => mysql,
            Flavour::Mariadb => mariadb,
        };
        since.is_some_and(|since| self.version >= since)
    }

    /// Whether it is MariaDB.
    pub fn is_mariadb(&self) -> bool {
        self.flavour == Flavour::Mariadb
    }
}

fn unsupported(product: &str, version: &str) -> Error {
    Error::usage_with_help(
        format!("the server is {product} {version}, which trueup does not manage"),
        "use MySQL from 8.0 or MariaDB from 10.6",
    )
}

fn parse(version: &str) -> Option<Version> {
    let digits = version.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
    let mut parts = digits.split('.').map(str::parse::<u16>);
    let mut next = || parts.next()?.ok();
    Some((next()?, next()?, next().unwrap_or(0)))
}

/// One method for each thing, with the first versions that have it.
macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident: $mysql:expr, $mariadb:expr;)*) => {
        impl Server {
            $($(#[$doc])* pub fn $name(&self) -> bool { self.is($mysql, $mariadb) })*
        }
    };
}

const ALWAYS: Option<Version> = Some((0, 0, 0));
const NEVER: Option<Version> = None;

#[allow(clippy::unnecessary_wraps, reason = "it stands in the table beside ALWAYS and NEVER")]
const fn from(major: u16, minor: u16, patch: u16) -> Option<Version> {
    Some((major, minor, patch))
}

capabilities! {
    /// CHECK is kept and enforced.
    has_check_constraints: from(8, 0, 16), ALWAYS;
    /// A check can be NOT ENFORCED.
    enforces_not_enforced: from(8, 0, 16), NEVER;
    /// INVISIBLE columns.
    has_invisible_columns: from(8, 0, 23), ALWAYS;
    /// INVISIBLE indexes, MySQL's word.
    has_invisible_indexes: ALWAYS, NEVER;
    /// IGNORED indexes, MariaDB's word.
    has_ignored_indexes: NEVER, ALWAYS;
    /// An index over an expression.
    has_functional_indexes: from(8, 0, 13), NEVER;
    /// An index over the elements of a JSON array.
    has_multi_valued_indexes: from(8, 0, 17), NEVER;
    /// DESC in an index is more than read over.
    has_descending_keys: ALWAYS, from(10, 8, 0);
    /// VECTOR columns.
    has_vectors: from(9, 0, 0), from(11, 7, 0);
    /// VECTOR indexes.
    has_vector_indexes: NEVER, from(11, 7, 0);
    /// CREATE SEQUENCE.
    has_sequences: NEVER, ALWAYS;
    /// WITH SYSTEM VERSIONING.
    has_system_versioning: NEVER, ALWAYS;
    /// PERIOD FOR names other than SYSTEM_TIME.
    has_application_periods: NEVER, ALWAYS;
    /// CREATE PACKAGE (only under `sql_mode=ORACLE` before 11.4).
    has_packages: NEVER, ALWAYS;
    /// COMPRESSED columns.
    has_compressed_columns: NEVER, ALWAYS;
    /// The type UUID.
    has_uuid: NEVER, from(10, 7, 0);
    /// The type INET4; INET6 is older.
    has_inet4: NEVER, from(10, 10, 0);
    /// JSON is LONGTEXT with a check.
    json_is_an_alias: NEVER, ALWAYS;
    /// SRID of a spatial column, as MySQL writes it.
    has_srid: ALWAYS, NEVER;
    /// `REF_SYSTEM_ID` of a spatial column, as MariaDB writes it.
    has_ref_system_id: NEVER, ALWAYS;
    /// Tables without a primary key can get an invisible one.
    has_generated_primary_keys: from(8, 0, 30), NEVER;
    /// A column is added behind the last one by changing metadata only.
    instant_add_column: from(8, 0, 12), ALWAYS;
    /// A column is added anywhere by changing metadata only.
    instant_add_column_anywhere: from(8, 0, 29), ALWAYS;
    /// A column is dropped by changing metadata only.
    instant_drop_column: from(8, 0, 29), ALWAYS;
    /// ALGORITHM=NOCOPY.
    has_nocopy: NEVER, ALWAYS;
    /// RENAME INDEX (MariaDB 10.5.2).
    renames_index: ALWAYS, ALWAYS;
    /// RENAME COLUMN (MariaDB 10.5.2).
    renames_column: ALWAYS, ALWAYS;
    /// A default can be an expression.
    default_expressions: from(8, 0, 13), ALWAYS;
    /// A default of TEXT, BLOB or JSON can be a literal; MySQL wants an expression in parentheses.
    literal_defaults_of_text: NEVER, ALWAYS;
}

impl Server {
    /// `int(11)`: MySQL shows display widths until 8.0.18, MariaDB always.
    pub fn shows_integer_widths(&self) -> bool {
        self.is_mariadb() || self.version < (8, 0, 19)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_server_tells_what_it_is() {
        let mysql = Server::read("8.0.18", "MySQL Community Server - GPL").unwrap();
        assert_eq!((mysql.flavour, mysql.text.as_str()), (Flavour::Mysql, "MySQL 8.0.18"));
        assert!(mysql.has_check_constraints() && !mysql.has_invisible_columns() && mysql.shows_integer_widths());
        let newer = Server::read("9.7.4-2", "(Debian)").unwrap();
        assert!(newer.has_vectors() && !newer.has_sequences() && !newer.shows_integer_widths());
        let mariadb = Server::read("10.11.19-MariaDB-0+deb12u1", "Debian 12").unwrap();
        assert_eq!(mariadb.version, (10, 11, 19));
        assert!(mariadb.has_sequences() && !mariadb.has_vectors() && mariadb.shows_integer_widths());
    }

    #[test]
    fn what_is_too_old_is_refused() {
        for version in ["5.7.44", "10.5.9-MariaDB", "8.0.11-TiDB-v7.5.0", "none"] {
            let said = Server::read(version, "").unwrap_err().to_string();
            assert!(said.contains(version), "{said}");
        }
    }
}
