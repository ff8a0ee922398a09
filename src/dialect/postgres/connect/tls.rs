//! TLS by rustls, with what libpq's `sslmode` means.

use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres_rustls::MakeRustlsConnect;

/// libpq's `sslmode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Never.
    Disable,
    /// Only if the server wants it.
    Allow,
    /// If the server can.
    Prefer,
    /// Always, whoever the server is.
    Require,
    /// Always, and somebody who is trusted has signed the certificate.
    VerifyCa,
    /// Always, and the certificate is this host's.
    VerifyFull,
}

impl Mode {
    pub(super) const WORDS: &str = "disable, allow, prefer, require, verify-ca, verify-full";

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "disable" => Self::Disable,
            "allow" => Self::Allow,
            "prefer" => Self::Prefer,
            "require" => Self::Require,
            "verify-ca" => Self::VerifyCa,
            "verify-full" => Self::VerifyFull,
            _ => return None,
        })
    }
}

/// What is known of certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Files {
    /// Whom to trust: a file, or `system` for the certificates that are built in.
    pub(super) roots: Option<String>,
    /// The client's own certificate and its key.
    pub(super) own: Option<(String, String)>,
    /// Whether TLS begins without PostgreSQL's own handshake, for which the server asks for its protocol's name.
    pub(super) direct: bool,
}

/// How much of the server's certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    Nothing,
    Chain,
    ChainAndName,
}

/// What is checked: as with libpq, `require` with a root certificate is `verify-ca`.
fn check(mode: Mode, has_roots: bool) -> Check {
    match mode {
        Mode::Require if has_roots => Check::Chain,
        Mode::Disable | Mode::Allow | Mode::Prefer | Mode::Require => Check::Nothing,
        Mode::VerifyCa => Check::Chain,
        Mode::VerifyFull => Check::ChainAndName,
    }
}

/// What TLS needs. The error is a reason, and what to do.
pub(super) fn connector(mode: Mode, files: &Files) -> Result<MakeRustlsConnect, (String, &'static str)> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let check = check(mode, files.roots.is_some());
    let roots = if check == Check::Nothing { Vec::new() } else { roots(files.roots.as_deref())? };
    let verifier = Verifier::new(check, &roots, files.roots.as_deref() == Some("system"), Arc::clone(&provider))?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| (error.to_string(), "this is a fault of trueup"))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match &files.own {
        None => builder.with_no_client_auth(),
        Some((certificate, key)) => {
            let chain = certificates(certificate)?;
            let key = PrivateKeyDer::from_pem_file(key).map_err(|error| {
                (format!("{key}: {error}"), "name the key of sslcert as a PEM file without a password")
            })?;
            builder.with_client_auth_cert(chain, key).map_err(|error| {
                (format!("{certificate}: {error}"), "check that sslkey is the key of the certificate in sslcert")
            })?
        }
    };
    if files.direct {
        config.alpn_protocols = vec![b"postgresql".to_vec()];
    }
    Ok(MakeRustlsConnect::new(config))
}

fn roots(file: Option<&str>) -> Result<Vec<CertificateDer<'static>>, (String, &'static str)> {
    match file {
        None => Err((
            "there is no root certificate to check the server's with".to_owned(),
            "name it with sslrootcert=FILE, put it into ~/.postgresql/root.crt, or write sslrootcert=system",
        )),
        Some("system") => Ok(Vec::new()),
        Some(file) => certificates(file),
    }
}

fn certificates(file: &str) -> Result<Vec<CertificateDer<'static>>, (String, &'static str)> {
    let found = CertificateDer::pem_file_iter(Path::new(file)).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match found {
        Ok(found) if found.is_empty() => Err((format!("{file} holds no certificate"), "name a PEM file")),
        Ok(found) => Ok(found),
        Err(error) => Err((format!("{file}: {error}"), "name a PEM file that this user may read")),
    }
}

/// Looks at the server's certificate as far as `sslmode` asks.
#[derive(Debug)]
struct Verifier {
    check: Check,
    /// Certificates that are trusted as they are, also as the server's own.
    trusted: Vec<CertificateDer<'static>>,
    store: RootCertStore,
    provider: Arc<CryptoProvider>,
}

impl Verifier {
    fn new(
        check: Check,
        roots: &[CertificateDer<'static>],
        system: bool,
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, (String, &'static str)> {
        let mut store = RootCertStore::empty();
        if system {
            store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        // One that rustls cannot read as an authority may still be the server's own.
        store.add_parsable_certificates(roots.iter().cloned());
        if check != Check::Nothing && !store.is_empty() {
            // Only to learn early that the roots are of use.
            WebPkiServerVerifier::builder_with_provider(Arc::new(store.clone()), Arc::clone(&provider))
                .build()
                .map_err(|error| (error.to_string(), "check the certificates of sslrootcert"))?;
        }
        Ok(Self { check, trusted: roots.to_vec(), store, provider })
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.check == Check::Nothing {
            return Ok(ServerCertVerified::assertion());
        }
        let certificate = ParsedCertificate::try_from(end_entity)?;
        // A server that signed for itself is known by its very certificate, as OpenSSL has it.
        if !self.trusted.iter().any(|trusted| trusted.as_ref() == end_entity.as_ref()) {
            let algorithms = self.provider.signature_verification_algorithms.all;
            verify_server_cert_signed_by_trust_anchor(&certificate, &self.store, intermediates, now, algorithms)?;
        }
        if self.check == Check::ChainAndName {
            verify_server_name(&certificate, server_name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    // The server shows that it has the key in every mode: channel binding would be worth nothing without.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_mode_checks_what_libpq_checks() {
        use Check::{Chain, ChainAndName, Nothing};
        let checks = |has_roots| {
            Mode::WORDS.split(", ").map(|word| check(Mode::from_word(word).unwrap(), has_roots)).collect::<Vec<_>>()
        };
        assert_eq!(checks(false), [Nothing, Nothing, Nothing, Nothing, Chain, ChainAndName]);
        assert_eq!(checks(true), [Nothing, Nothing, Nothing, Chain, Chain, ChainAndName]);
        assert_eq!(Mode::from_word("verify"), None);
    }

    #[test]
    fn certificates_that_are_not_there_are_said() {
        let files = |roots: Option<&str>| Files { roots: roots.map(Into::into), own: None, direct: false };
        let reason = |mode, roots| connector(mode, &files(roots)).err().unwrap().0;
        assert!(reason(Mode::VerifyFull, None).contains("no root certificate"));
        assert!(reason(Mode::VerifyCa, Some("/none/root.crt")).starts_with("/none/root.crt: "));
        assert!(connector(Mode::VerifyFull, &files(Some("system"))).is_ok());
        assert!(connector(Mode::Require, &files(None)).is_ok());
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty.crt");
        std::fs::write(&empty, "nothing").unwrap();
        assert!(reason(Mode::Require, empty.to_str()).contains("holds no certificate"));
    }
}
