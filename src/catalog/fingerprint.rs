//! A digest of a catalog: equal for equal catalogs, whatever the order in which they were read.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Catalog;

/// The SHA-256 of all ids, spellings and objects of a catalog, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of a catalog. Positions and source texts count too: a plan that was made
    /// for another text of a view is not to be run on this one.
    pub fn of(catalog: &Catalog) -> Self {
        let mut hash = Sha256::new();
        let mut part = Vec::new();
        let mut add = |write: &dyn Fn(&mut Vec<u8>) -> serde_json::Result<()>| {
            part.clear();
            // Only a map with keys that are no strings could fail to serialise; there is none.
            if write(&mut part).is_ok() {
                hash.update(part.len().to_le_bytes());
                hash.update(&part);
            }
        };
        for (id, entry) in catalog.iter() {
            add(&|part| serde_json::to_writer(part, id));
            add(&|part| serde_json::to_writer(part, entry));
        }
        Self::finish(hash)
    }

    /// The digest of any bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::finish(Sha256::new().chain_update(bytes))
    }

    fn finish(hash: Sha256) -> Self {
        let mut text = String::with_capacity(64);
        for byte in hash.finalize() {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The first characters, enough to tell two apart by eye.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
