//! A connection to MySQL or MariaDB, with a session that is the same whatever the server's settings.

mod errors;
mod server;
mod session;
mod tls;
mod url;

use std::sync::mpsc;
use std::time::Duration;
use std::{io, thread};

use mysql::{Conn, DriverError, Opts, OptsBuilder};

use crate::database::OpenOptions;
use crate::error::{Error, Result};

pub(super) use errors::{code, error_text, statement_error};
pub(super) use server::{Flavour, Server};
pub(super) use session::Session;

use tls::Mode;
use url::Address;

/// An open database.
#[derive(Debug)]
pub(super) struct Opened {
    /// The connection.
    pub conn: Conn,
    /// How another one is made.
    pub opts: Opts,
    /// Its URL without the password.
    pub url: String,
    /// The same for all ways to name it; neither user nor password are in it.
    pub location: String,
    /// What answered.
    pub server: Server,
    /// What the server says of itself and of the database.
    pub session: Session,
}

/// Opens the database of a URL.
pub(super) fn open(url: &str, options: &OpenOptions) -> Result<Opened> {
    let address = url::parse(url)?;
    let shown = address.display();
    let (mut conn, opts) = connect(&address).map_err(|error| errors::connect_error(&shown, &error))?;
    let session = match session::begin(&mut conn, options.lock_timeout) {
        Ok(session) => session,
        // A server too old for these settings is told to be so.
        Err(error) => return Err(too_old(&mut conn).unwrap_or_else(|| errors::connect_error(&shown, &error))),
    };
    let session = session.ok_or_else(|| Error::Connect {
        database: shown.clone(),
        reason: "it does not answer as MySQL or MariaDB do".to_owned(),
        help: Some("check the host and the port".to_owned()),
    })?;
    let server = Server::read(&session.version, &session.version_comment)?;
    Ok(Opened { conn, opts, url: shown, location: address.location(), server, session })
}

fn too_old(conn: &mut Conn) -> Option<Error> {
    use mysql::prelude::Queryable as _;
    let (version, comment): (String, String) = conn.query_first("SELECT @@version, @@version_comment").ok()??;
    Server::read(&version, &comment).err()
}

fn connect(address: &Address) -> mysql::Result<(Conn, Opts)> {
    let by = |opts: Opts| in_time(opts.clone(), address.connect_timeout).map(|conn| (conn, opts));
    match by(opts(address, true)) {
        // Only here: a handshake that fails is no leave to go on in the open.
        Err(mysql::Error::DriverError(DriverError::TlsNotSupported)) if address.mode == Mode::Preferred => {
            by(opts(address, false))
        }
        other => other,
    }
}

/// Connects, and waits no longer than that for what listens there to greet: the crate would wait for ever.
fn in_time(opts: Opts, limit: Option<Duration>) -> mysql::Result<Conn> {
    let Some(limit) = limit else { return Conn::new(opts) };
    let (sender, receiver) = mpsc::channel();
    // It ends when the other side hangs up; nobody takes what it sends then.
    thread::spawn(move || sender.send(Conn::new(opts)));
    receiver.recv_timeout(limit).unwrap_or_else(|_| {
        Err(mysql::Error::IoError(io::Error::new(io::ErrorKind::TimedOut, "what listens there does not answer")))
    })
}

/// Cancels the statement that a connection runs, over another one.
pub(super) fn cancel(opts: &Opts, connection: u32) {
    use mysql::prelude::Queryable as _;
    // What the server does not hear is said by the statement, which goes on.
    let _ = Conn::new(opts.clone()).and_then(|mut conn| conn.query_drop(format!("KILL QUERY {connection}")));
}

/// What the mysql crate is told. Each option that it would otherwise ask the server for is given.
fn opts(address: &Address, with_tls: bool) -> Opts {
    let tls = if with_tls && address.socket.is_none() { tls::options(address) } else { None };
    OptsBuilder::new()
        .user(address.user.clone())
        .pass(address.password.clone())
        .db_name(Some(address.database.clone()))
        .ip_or_hostname(Some(address.host.clone()))
        .tcp_port(address.port)
        .socket(address.socket.clone())
        .prefer_socket(false)
        .tcp_connect_timeout(address.connect_timeout)
        // A statement may take hours without a byte; a peer that is gone is still noticed.
        .tcp_keepalive_time_ms(Some(60_000))
        .ssl_opts(tls)
        .into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use mysql::prelude::Queryable as _;

    use super::*;

    fn options() -> OpenOptions {
        OpenOptions { lock_timeout: Duration::from_millis(1500), environment: crate::database::Environment::default() }
    }

    /// The servers that are there, each with this database.
    fn servers(database: &str) -> Vec<String> {
        let ours = |name: &str| name.starts_with("TRUEUP_TEST_MYSQL") || name.starts_with("TRUEUP_TEST_MARIADB");
        let set = std::env::vars().filter(|(name, _)| ours(name)).map(|(_, url)| url);
        let named = set.filter(|url| url.contains("://")).map(|url| {
            let (place, query) =
                url.split_once('?').map_or((url.as_str(), None), |(place, query)| (place, Some(query)));
            let base: Vec<_> = place.splitn(4, '/').take(3).collect();
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            format!("{}/{database}{query}", base.join("/"))
        });
        named.collect()
    }

    #[test]
    fn the_session_is_the_same_on_every_server() {
        for url in servers("information_schema") {
            let mut opened = open(&url, &options()).unwrap();
            let row: (String, String, u32, u32) = opened
                .conn
                .query_first("SELECT @@sql_mode, @@time_zone, @@lock_wait_timeout, @@foreign_key_checks")
                .unwrap()
                .unwrap();
            assert!(row.0.contains("STRICT_ALL_TABLES") && !row.0.contains("NO_ZERO_DATE"), "{}", row.0);
            assert_eq!((row.1.as_str(), row.2, row.3), ("+00:00", 2, 1));
            assert!(!opened.session.database.is_empty() && opened.session.version.starts_with(char::is_numeric));
            assert!(opened.session.connection_collation.starts_with("utf8mb4"), "{:?}", opened.session);
        }
    }

    #[test]
    fn what_keeps_silent_is_not_waited_for() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = format!("mysql://u:secret@127.0.0.1:{port}/d?connect-timeout=1");
        let said = open(&url, &options()).unwrap_err();
        assert!(said.to_string().contains("does not answer"), "{said}");
        assert!(
            matches!(&said, Error::Connect { help: Some(help), .. } if help.contains("a MySQL server")),
            "{said:?}"
        );
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let refused = open("mysql://u:secret@127.0.0.1:1/d", &options()).unwrap_err();
        assert!(matches!(&refused, Error::Connect { help: Some(help), .. } if help.contains("the server runs")));
        let no_socket = open("mysql://u:secret@/d?socket=/no/such.sock", &options()).unwrap_err();
        for said in [refused.to_string(), no_socket.to_string()] {
            assert!(!said.contains("secret"), "{said}");
        }
        for url in servers("is_not_there") {
            let said = open(&url, &options()).unwrap_err().to_string();
            assert!(said.contains("1049"), "{said}");
        }
    }
}
