//! The one place that asks the system what the clients of databases read beside a URL.

use trueup::database::Environment;

/// What the variables that the library may see begin with: libpq's, and those of MySQL's and MariaDB's clients.
const PREFIXES: [&str; 3] = ["PG", "MYSQL", "MARIADB"];

/// The program's surroundings. What is not Unicode is left out.
pub(crate) fn read() -> Environment {
    let known = |name: &str| PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| known(name))
        .collect();
    Environment { variables, home: std::env::home_dir(), user: whoami::username().ok() }
}
