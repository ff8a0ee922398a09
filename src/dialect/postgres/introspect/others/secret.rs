//! Which options of foreign objects are secrets, and where their values are kept.

use crate::catalog::{Setting, Settings};

use super::super::text;

/// What makes a name look like that of a secret, wherever it stands in it.
const ANYWHERE: [&str; 10] = [
    "password",
    "passwd",
    "passcode",
    "passphrase",
    "passkey",
    "secret",
    "token",
    "credential",
    "apikey",
    "privatekey",
];

/// The same, as one of the words of the name.
const AS_WORD: [&str; 4] = ["key", "pwd", "pass", "pin"];

/// The names that only look so: a way to demand a password, not one.
const HARMLESS: [&str; 2] = ["password_required", "scram_require_auth"];

/// Whether the value of this option is never shown.
pub(in crate::dialect::postgres) fn is_secret(option: &str) -> bool {
    let name = option.to_ascii_lowercase();
    let words = || name.split(|letter: char| !letter.is_ascii_alphanumeric());
    !HARMLESS.contains(&name.as_str())
        && (ANYWHERE.iter().any(|part| name.contains(part)) || words().any(|word| AS_WORD.contains(&word)))
}

/// Options as the server lists them, the secret ones by the variable that is to hold them.
pub(in crate::dialect::postgres::introspect) fn settings(of: &[&str], options: &[String]) -> Settings {
    let mut settings = text::settings(options);
    for (name, value) in &mut settings {
        if is_secret(name) {
            *value = Setting::Secret { env: variable(of, name) };
        }
    }
    settings
}

/// The name of an environment variable: `ORDERS_APP_PASSWORD` for the role `app` on the server `orders`.
pub(super) fn variable(of: &[&str], option: &str) -> String {
    let words: Vec<_> = of.iter().copied().chain([option]).collect();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' };
    let name: String = words.join("_").chars().map(plain).collect();
    if name.starts_with(|letter: char| letter.is_ascii_digit()) { format!("_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_by_their_names() {
        for name in ["password", "Passcode", "api_key", "secret_access_key", "authToken", "sslpassword"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["user", "host", "password_required", "keepalives", "sslkey", "key_column_monkey", "passfile"] {
            assert_eq!(is_secret(name), name == "key_column_monkey", "{name}");
        }
    }

    #[test]
    fn variables_are_named_after_what_they_are_for() {
        assert_eq!(variable(&["orders", "app-role"], "password"), "ORDERS_APP_ROLE_PASSWORD");
        assert_eq!(variable(&["2nd"], "token"), "_2ND_TOKEN");
    }
}
