//! TLS by rustls, with what MySQL's `ssl-mode` means.

use mysql::{ClientIdentity, SslOpts};

use super::url::Address;

/// MySQL's `ssl-mode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Mode {
    /// Never.
    Disabled,
    /// If the server can.
    #[default]
    Preferred,
    /// Always, whoever the server is.
    Required,
    /// As `VerifyIdentity`, which is stricter than MySQL: the mysql crate trusts the public authorities
    /// beside `ssl-ca`, so that without the host's name anybody's public certificate would do.
    VerifyCa,
    /// Always, and the certificate is this host's. rustls wants the name as a subject alternative name,
    /// which the certificates that MySQL makes for itself do not have.
    VerifyIdentity,
}

impl Mode {
    pub(super) const WORDS: &str = "disabled, preferred, required, verify_ca, verify_identity";

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "disabled" => Self::Disabled,
            "preferred" => Self::Preferred,
            "required" => Self::Required,
            "verify_ca" => Self::VerifyCa,
            "verify_identity" => Self::VerifyIdentity,
            _ => return None,
        })
    }
}

/// What the mysql crate is told; `None` is no TLS.
pub(super) fn options(address: &Address) -> Option<SslOpts> {
    let verified = match address.mode {
        Mode::Disabled => return None,
        Mode::Preferred | Mode::Required => false,
        Mode::VerifyCa | Mode::VerifyIdentity => true,
    };
    let identity = address.cert.clone().zip(address.key.clone()).map(|(cert, key)| ClientIdentity::new(cert, key));
    let mut options = SslOpts::default().with_client_identity(identity).with_danger_accept_invalid_certs(!verified);
    if verified {
        options = options.with_root_cert_path(address.ca.clone());
    }
    Some(options)
}
