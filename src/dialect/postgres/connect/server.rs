//! Who answers: the version, and what only speaks PostgreSQL's protocol.

/// What the server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dialect::postgres) struct ServerVersion {
    /// `150018` for 15.18.
    pub(in crate::dialect::postgres) number: u32,
    /// `PostgreSQL 15.18`.
    pub(in crate::dialect::postgres) text: String,
}

impl ServerVersion {
    /// `15` of 15.18.
    pub(in crate::dialect::postgres) fn major(&self) -> u32 {
        self.number / 10_000
    }
}

const OLDEST: u32 = 14;
const NEWEST: u32 = 18;

/// What is not PostgreSQL, by a word of its version.
const OTHERS: [(&str, &str); 8] = [
    ("CockroachDB", "CockroachDB"),
    ("-YB-", "YugabyteDB"),
    ("YugabyteDB", "YugabyteDB"),
    ("Redshift", "Amazon Redshift"),
    ("Citus", "Citus"),
    ("Greenplum", "Greenplum"),
    ("Materialize", "Materialize"),
    ("EnterpriseDB", "EDB Postgres Advanced Server"),
];

/// The product that only speaks the protocol.
pub(super) fn other_product(version: &str) -> Option<&'static str> {
    OTHERS.iter().find(|(word, _)| version.contains(word)).map(|(_, product)| *product)
}

/// Reads what the server says; the error is why it cannot be used.
pub(super) fn judge(version: &str, number: &str, notes: &mut Vec<String>) -> Result<ServerVersion, String> {
    // `PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64...`
    let short = version.split(" (").next().unwrap_or(version).split(" on ").next().unwrap_or(version);
    let number: u32 = number.parse().map_err(|_| format!("it gives its version as `{number}`"))?;
    let server = ServerVersion { number, text: short.to_owned() };
    if let Some(product) = other_product(version) {
        notes.push(format!(
            "this is {product}, which speaks PostgreSQL's language; trueup is tested with PostgreSQL, so look at the plan with care"
        ));
    }
    if server.major() < OLDEST {
        return Err(format!("it is {short}; trueup manages PostgreSQL {OLDEST} to {NEWEST}"));
    }
    if server.major() > NEWEST {
        notes.push(format!("{short} is newer than PostgreSQL {NEWEST}, the newest that trueup is tested with"));
    }
    Ok(server)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn notes(version: &str, number: &str) -> (Result<ServerVersion, String>, Vec<String>) {
        let mut notes = Vec::new();
        (judge(version, number, &mut notes), notes)
    }

    #[test]
    fn versions_are_judged() {
        let (server, said) = notes("PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu", "150018");
        let server = server.unwrap();
        assert_eq!((server.text.as_str(), server.major(), said.len()), ("PostgreSQL 15.18", 15, 0));
        let (server, _) = notes("PostgreSQL 13.4 on x86_64", "130004");
        assert_eq!(server.unwrap_err(), "it is PostgreSQL 13.4; trueup manages PostgreSQL 14 to 18");
        assert!(notes("PostgreSQL 19beta1 on x86_64", "190000").1.concat().contains("newer"));
        let (_, said) = notes("CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024)", "130000");
        assert!(said.concat().contains("CockroachDB"));
        assert!(notes("PostgreSQL 15.2-YB-2.25.0.0-b0 on x86_64", "150002").1.concat().contains("YugabyteDB"));
    }
}
