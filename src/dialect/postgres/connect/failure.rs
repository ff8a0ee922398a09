//! Why there is no connection, in words, and what to do. No password is ever in them.

use std::error::Error as _;
use std::io::{self, ErrorKind};

use tokio_postgres::error::{DbError, SqlState};

use super::settings::{Server, Settings};
use super::statement::{in_full, message};
use super::url::encode;
use crate::error::Error;

/// The database as errors name it: everything but the password.
pub(super) fn named(settings: &Settings, server: &Server) -> String {
    format!("postgres://{}@{}", encode(&settings.user), address(server, &settings.database))
}

/// The same for all ways to name a database, and a URL itself.
pub(super) fn location(server: &Server, database: &str) -> String {
    let host = match server.host.as_str() {
        "127.0.0.1" | "::1" => "localhost".to_owned(),
        host if server.is_socket() => {
            std::fs::canonicalize(host).map_or_else(|_| host.to_owned(), |path| path.display().to_string())
        }
        host => host.to_ascii_lowercase(),
    };
    format!("postgres://{}", address(&Server { host, ..server.clone() }, database))
}

fn address(server: &Server, database: &str) -> String {
    let host = match &server.host {
        host if host.contains(':') => format!("[{host}]"),
        host => encode(host),
    };
    format!("{host}:{}/{}", server.port, encode(database))
}

/// The error of a server that could not be connected to.
pub(super) fn connect_error(error: &tokio_postgres::Error, settings: &Settings, server: &Server) -> Error {
    let (reason, help) = match error.as_db_error() {
        Some(said) => (message(said), refused(said, settings)),
        None => no_answer(error, settings, server),
    };
    Error::Connect { database: named(settings, server), reason: masked(reason, settings), help }
}

/// What an outer layer says could hold the password, even if none is known to.
fn masked(text: String, settings: &Settings) -> String {
    match settings.password.as_deref() {
        Some(password) if password.len() > 3 && password != settings.user && password != settings.database => {
            text.replace(password, "***")
        }
        _ => text,
    }
}

/// What helps when the server answered and said no.
fn refused(said: &DbError, settings: &Settings) -> Option<String> {
    let (user, database, text) = (&settings.user, &settings.database, said.message());
    let help = match said.code() {
        code if *code == SqlState::INVALID_CATALOG_NAME => {
            format!("make it with `create database \"{}\"` (or `createdb`), or correct the URL", database.replace('"', "\"\""))
        }
        code if *code == SqlState::INVALID_PASSWORD => {
            "check the password in the URL, PGPASSWORD or ~/.pgpass; in a URL special characters are written as %40 and the like"
                .to_owned()
        }
        code if *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION && text.contains("pg_hba.conf") => {
            if text.contains("no encryption") || text.contains("SSL off") {
                "the server may want TLS: try ?sslmode=require; otherwise its pg_hba.conf needs a line for this user, database and address"
                    .to_owned()
            } else {
                "the server's pg_hba.conf needs a line that lets this user into this database from this address".to_owned()
            }
        }
        code if *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            format!("check the user `{user}`: the server may not have it, may not let it log in, or may want another method (pg_hba.conf)")
        }
        code if *code == SqlState::INSUFFICIENT_PRIVILEGE => {
            let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
            format!("its owner can say `grant connect on database {} to {}`", quoted(database), quoted(user))
        }
        code if *code == SqlState::TOO_MANY_CONNECTIONS => "wait until others have left, or raise max_connections".to_owned(),
        code if *code == SqlState::CANNOT_CONNECT_NOW => "try again once the server has started".to_owned(),
        _ if text.contains("unsupported startup parameter") => {
            "this is a pooler (PgBouncer): name the server itself, or leave `options` out of the URL and PGOPTIONS".to_owned()
        }
        _ => return said.hint().map(str::to_owned),
    };
    Some(help)
}

/// What is known when there was no answer of the server's own.
fn no_answer(error: &tokio_postgres::Error, settings: &Settings, server: &Server) -> (String, Option<String>) {
    let text = in_full(error);
    let help = |help: &str| Some(help.to_owned());
    let io = error.source().and_then(<dyn std::error::Error>::downcast_ref::<io::Error>);
    if text.starts_with("error performing TLS handshake") {
        return tls(text.trim_start_matches("error performing TLS handshake: "), server);
    }
    if text.contains("password missing") {
        return (
            format!("the server asks for a password of user `{}`, and none is known", settings.user),
            help("write it into the URL, PGPASSWORD or ~/.pgpass (a line host:port:database:user:password)"),
        );
    }
    if text.starts_with("authentication error") {
        let advice = if text.contains("channel binding") {
            "channel_binding=require needs TLS and a server with SCRAM passwords"
        } else {
            "check the password, and what pg_hba.conf asks of this user"
        };
        return (text, help(advice));
    }
    match io.map(io::Error::kind) {
        Some(ErrorKind::ConnectionRefused) => (
            "nothing answers there (connection refused)".to_owned(),
            help("check that the server runs and listens at this host and port (listen_addresses, port, a firewall)"),
        ),
        Some(ErrorKind::NotFound) if server.is_socket() => (
            format!("there is no socket {}/.s.PGSQL.{}", server.host, server.port),
            help("check that the server runs, and its unix_socket_directories and port; or name a host"),
        ),
        Some(ErrorKind::PermissionDenied) if server.is_socket() => {
            (format!("this user may not use the socket in {}", server.host), help("check the folder's permissions"))
        }
        Some(ErrorKind::TimedOut) => (
            "it did not answer in time".to_owned(),
            help("check the host, the port and firewalls; connect_timeout=SECONDS waits longer"),
        ),
        Some(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) => (
            "it closed the connection without a word".to_owned(),
            help("check that a PostgreSQL server listens at this port, and see its log"),
        ),
        _ if text.contains("lookup address") || text.contains("resolve") => {
            (format!("the host `{}` is not known", server.host), help("check the host's name"))
        }
        _ if error.is_closed() => ("it closed the connection".to_owned(), help("see the server's log")),
        _ => (text, help("check the host and the port: a PostgreSQL server may not be what listens there")),
    }
}

/// What TLS had against it.
fn tls(text: &str, server: &Server) -> (String, Option<String>) {
    let help = if text.contains("does not support TLS") {
        "the server has no TLS (ssl = off): turn it on there, or write ?sslmode=disable where the network is trusted"
    } else if text.contains("UnknownIssuer") {
        "name the certificate of who signed it with sslrootcert=FILE, or sslrootcert=system for the public ones"
    } else if text.contains("not valid for name") || text.contains("NotValidForName") {
        "connect by a name that is in the certificate (its subjectAltName), or use sslmode=verify-ca"
    } else if text.contains("xpired") {
        "renew the server's certificate"
    } else if text.contains("UnsupportedCertVersion") || text.contains("BadEncoding") {
        "make the server a certificate of X.509 version 3 with a subjectAltName"
    } else {
        "see the server's log; ?sslmode says how far TLS is asked for and checked"
    };
    (format!("no TLS with {}: {text}", server.host), Some(help.to_owned()))
}
