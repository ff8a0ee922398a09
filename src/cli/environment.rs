//! The one place that asks the system what the clients of databases read beside a URL, and where secrets are.

use trueup::database::Environment;

/// The program's surroundings. What is not Unicode is left out. All variables are there, since the TOML says by any name
/// where a secret is (`password = { env = "BILLING_PASSWORD" }`).
pub(crate) fn read() -> Environment {
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    Environment { variables, home: std::env::home_dir(), user: whoami::username().ok() }
}
