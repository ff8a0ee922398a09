//! What went wrong, in words.

use std::io::ErrorKind;

use mysql::{DriverError, Error as MysqlError, MySqlError};

use crate::error::Error;

/// Why there is no connection.
pub(super) fn connect_error(database: &str, error: &MysqlError) -> Error {
    let (reason, help) = match error {
        MysqlError::MySqlError(said) => (server_said(said), help_of_code(said.code)),
        MysqlError::DriverError(DriverError::TlsNotSupported) => (
            "the server does no TLS".to_owned(),
            "switch TLS on in the server, or write ssl-mode=preferred or ssl-mode=disabled",
        ),
        MysqlError::DriverError(DriverError::UnknownAuthPlugin(_)) => {
            (error_text(error), "give the user caching_sha2_password, mysql_native_password or ed25519")
        }
        MysqlError::DriverError(DriverError::CouldNotConnect(Some((_, said, kind)))) => {
            (said.clone(), help_of_kind(*kind))
        }
        MysqlError::IoError(said) if is_tls(&said.to_string()) => (said.to_string(), TLS),
        MysqlError::IoError(said) => (said.to_string(), help_of_kind(said.kind())),
        MysqlError::TlsError(said) => (said.to_string(), TLS),
        _ => (error_text(error), "check the host and the port"),
    };
    Error::Connect { database: database.to_owned(), reason, help: Some(help.to_owned()) }
}

const TLS: &str =
    "check ssl-mode, ssl-ca (whom to trust), ssl-cert and ssl-key, and that the certificate names this host";

fn is_tls(said: &str) -> bool {
    ["certificate", "handshake", "TLS", "alert"].iter().any(|word| said.contains(word))
}

fn help_of_kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::ConnectionRefused => "check the host and the port, and that the server runs and listens there",
        ErrorKind::NotFound => "check the path of the socket, and that the server runs",
        ErrorKind::PermissionDenied => "check that this user may use the socket",
        ErrorKind::TimedOut | ErrorKind::WouldBlock => {
            "check the host, the port and the firewalls between: a MySQL server may not be what listens there"
        }
        _ => "check the host and the port",
    }
}

/// The codes are the server's: `ER_...` in its manual.
fn help_of_code(code: u16) -> &'static str {
    match code {
        1044 => "GRANT the user its rights on the database, or correct its name",
        1045 | 1698 => "check the user and the password; a user is of one host, 'user'@'host'",
        1049 => "CREATE DATABASE it first, or correct the name behind the host",
        1040 | 1203 | 1226 => "wait until others have gone, or raise max_connections or the user's limit",
        1129 => "FLUSH HOSTS on the server: it has blocked this host for its errors",
        1130 => "CREATE USER for this host: the server lets nobody in from here",
        3159 => "the server wants TLS: leave ssl-mode=disabled out",
        1862 | 1820 => "change the password of the user: it has expired",
        3118 | 4151 => "unlock the account: ALTER USER ... ACCOUNT UNLOCK",
        _ => "see what the server's manual says of this code",
    }
}

fn server_said(error: &MySqlError) -> String {
    format!("{} (error {})", error.message, error.code)
}

/// What is said, without the names of the crate's types.
pub(crate) fn error_text(error: &MysqlError) -> String {
    match error {
        MysqlError::MySqlError(said) => server_said(said),
        MysqlError::IoError(said) => said.to_string(),
        MysqlError::CodecError(said) => said.to_string(),
        MysqlError::DriverError(said) => said.to_string(),
        MysqlError::UrlError(said) => said.to_string(),
        MysqlError::TlsError(said) => said.to_string(),
        MysqlError::FromValueError(_) | MysqlError::FromRowError(_) => {
            "the server answered in a form that trueup does not know".to_owned()
        }
    }
}

/// The server's code of an error, if the server said it.
pub(crate) fn code(error: &MysqlError) -> Option<u16> {
    match error {
        MysqlError::MySqlError(said) => Some(said.code),
        _ => None,
    }
}

/// The error of a statement.
pub(crate) fn statement_error(database: &str, error: &MysqlError, sql: &str) -> Error {
    match code(error) {
        // 1205: lock wait timeout, also of metadata locks; 1213: deadlock.
        Some(1205 | 1213) => Error::Busy { database: database.to_owned(), reason: error_text(error) },
        // MariaDB: a trigger that another follows is not there.
        Some(4031) if error_text(error).contains("rigger") => failed(error, sql),
        // Shut down, killed, or (MySQL) timed out.
        Some(1053 | 1927 | 4031) | None => lost(database, error),
        Some(_) => failed(error, sql),
    }
}

fn failed(error: &MysqlError, sql: &str) -> Error {
    Error::Statement { message: error_text(error), object: None, sql: sql.to_owned(), help: None }
}

fn lost(database: &str, error: &MysqlError) -> Error {
    Error::Connect {
        database: database.to_owned(),
        reason: format!("the connection was lost: {}", error_text(error)),
        help: Some("see the server's log, and run trueup again: it goes on from what is done".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: u16) -> MysqlError {
        MysqlError::MySqlError(MySqlError { state: "HY000".to_owned(), message: "no".to_owned(), code })
    }

    #[test]
    fn each_error_is_of_its_kind() {
        assert!(matches!(statement_error("d", &said(1205), "x"), Error::Busy { .. }));
        assert!(matches!(statement_error("d", &said(1927), "x"), Error::Connect { .. }));
        assert_eq!(statement_error("d", &said(1064), "x").to_string(), "no (error 1064)");
        let gone = MysqlError::IoError(std::io::Error::new(ErrorKind::BrokenPipe, "server disconnected"));
        assert!(matches!(statement_error("d", &gone, "x"), Error::Connect { .. }));
        assert_eq!(connect_error("d", &said(1049)).to_string(), "d: no (error 1049)");
    }
}
