//! A connection to PostgreSQL, named and made as libpq does it.

mod client;
mod failure;
mod password_file;
mod pooler;
mod server;
mod service;
mod settings;
mod statement;
mod tls;
mod told;
mod url;

use std::time::Duration;

use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, NoTls, SimpleQueryMessage, SimpleQueryRow};

use crate::database::OpenOptions;
use crate::error::{Error, Result};
use settings::{Server, Settings, Wanted};

pub(in crate::dialect::postgres) use client::{Client, Pending};
pub(in crate::dialect::postgres) use server::ServerVersion;
pub(in crate::dialect::postgres) use statement::{Failure, failure as statement_failure, statement_error};

const SESSION: &str = include_str!("../queries/session.sql");
/// Whoever answers is taken.
const OWN_PROCESS: &str = "pg_backend_pid()";

/// An open connection, its session pinned.
pub(in crate::dialect::postgres) struct Opened {
    /// The connection.
    pub(in crate::dialect::postgres) client: Client,
    /// The URL as it was named, without its password.
    pub(in crate::dialect::postgres) url: String,
    /// Host, port and database: the same however they were named.
    pub(in crate::dialect::postgres) location: String,
    /// The database as errors name it, with its user and without the password.
    pub(in crate::dialect::postgres) named: String,
    /// Who answered.
    pub(in crate::dialect::postgres) server: ServerVersion,
    /// What people should know of it.
    pub(in crate::dialect::postgres) notes: Vec<String>,
}

/// Opens the database of a URL: the first of its servers that answers and is of the kind that is wanted.
pub(in crate::dialect::postgres) fn open(url: &str, options: &OpenOptions) -> Result<Opened> {
    let settings = settings::gather(url, &options.environment)?;
    let mut notes = Vec::new();
    // `prefer-standby` takes a standby, and failing that any.
    let wishes: &[Wanted] = match settings.wanted {
        Wanted::PreferStandby => &[Wanted::Standby, Wanted::Any],
        _ => std::slice::from_ref(&settings.wanted),
    };
    let mut last = None;
    for wanted in wishes {
        for server in &settings.servers {
            match try_server(&settings, server, *wanted, options.lock_timeout, &mut notes) {
                Ok((client, version, database)) => {
                    notes.dedup();
                    return Ok(Opened {
                        client,
                        url: url::without_password(url),
                        location: failure::location(server, &database),
                        named: failure::named(&settings, server),
                        server: version,
                        notes,
                    });
                }
                Err(error) => last = Some(error),
            }
        }
    }
    let error = last.unwrap_or_else(|| Error::usage("no server is named"));
    Err(with_notes(error, &notes))
}

/// A password file that was passed over explains a missing password.
fn with_notes(error: Error, notes: &[String]) -> Error {
    match error {
        Error::Connect { database, reason, help } => {
            let help = help.into_iter().chain(notes.iter().cloned()).collect::<Vec<_>>().join("\n");
            Error::Connect { database, reason, help: Some(help).filter(|help| !help.is_empty()) }
        }
        other => other,
    }
}

fn try_server(
    settings: &Settings,
    server: &Server,
    wanted: Wanted,
    lock_timeout: Duration,
    notes: &mut Vec<String>,
) -> Result<(Client, ServerVersion, String)> {
    let mut client = connect(settings, server, notes)?;
    let named = failure::named(settings, server);
    let wrong = |reason: String, help: Option<&str>| Error::Connect {
        database: named.clone(),
        reason,
        help: help.map(str::to_owned),
    };
    let row = pin(&mut client, settings, server, lock_timeout, notes)?;
    let said = |name: &str| row.as_ref().and_then(|row| row.try_get(name).ok().flatten()).unwrap_or_default();
    let version = server::judge(said("version"), said("number"), notes)
        .map_err(|reason| wrong(reason, Some("upgrade the server")))?;
    let (standby, read_only) = (said("standby") == "true", said("read_only") == "on");
    let mismatch = match wanted {
        Wanted::ReadWrite if read_only => Some("it takes no changes"),
        Wanted::ReadOnly if !read_only => Some("it takes changes"),
        Wanted::Primary if standby => Some("it is a standby"),
        Wanted::Standby if !standby => Some("it is no standby"),
        _ => None,
    };
    match mismatch {
        Some(reason) => Err(wrong(reason.to_owned(), Some("target_session_attrs asks for another server"))),
        None => Ok((client, version, said("database").to_owned())),
    }
}

/// Pins the session, and gives what the server says of itself.
fn pin(
    client: &mut Client,
    settings: &Settings,
    server: &Server,
    lock_timeout: Duration,
    notes: &mut Vec<String>,
) -> Result<Option<SimpleQueryRow>> {
    let named = failure::named(settings, server);
    let session = SESSION.replace("{lock_timeout}", &lock_timeout.as_millis().min(i32::MAX as u128).to_string());
    let ask = |client: &mut Client, process: &str| {
        let sql = session.replace("{process}", process);
        client.simple_query(&sql).map(first_row).map_err(|error| not_postgres(client, &error, &named, &sql))
    };
    if let Some(told) = client.told_process() {
        if let Some(row) = ask(client, &told.to_string())? {
            return Ok(Some(row));
        }
        let mut second = connect(settings, server, &mut Vec::new())?;
        notes.push(pooler::judge(client, &mut second, &named)?);
    }
    ask(client, OWN_PROCESS)
}

fn first_row(answer: Vec<SimpleQueryMessage>) -> Option<SimpleQueryRow> {
    answer.into_iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    })
}

/// What stands behind a session that cannot be pinned: a server that only speaks the protocol, or an old one.
fn not_postgres(client: &mut Client, error: &tokio_postgres::Error, named: &str, sql: &str) -> Error {
    let row = client.simple_query("select version() as version").ok().and_then(first_row);
    let version = row.as_ref().and_then(|row| row.try_get(0).ok().flatten()).unwrap_or_default();
    let Some(product) = server::other_product(version) else { return statement_error(error, named, sql) };
    let reason = error.as_db_error().map_or_else(|| statement::in_full(error), statement::message);
    Error::Connect {
        database: named.to_owned(),
        reason: format!("this is {product}, which lacks what trueup needs of PostgreSQL: {reason}"),
        help: Some("trueup manages PostgreSQL 14 to 18".to_owned()),
    }
}

fn connect(settings: &Settings, server: &Server, notes: &mut Vec<String>) -> Result<Client> {
    let mut config = Config::new();
    config
        .host(&server.host)
        .port(server.port)
        .user(&settings.user)
        .dbname(&settings.database)
        .application_name(&settings.application_name)
        .channel_binding(settings.channel_binding)
        .ssl_negotiation(settings.negotiation())
        .keepalives(settings.keepalives);
    if let Some(address) = server.address {
        config.hostaddr(address);
    }
    if let Some(options) = &settings.options {
        config.options(options);
    }
    if let Some(timeout) = settings.connect_timeout {
        config.connect_timeout(timeout);
    }
    if let Some(password) = password(settings, server, notes) {
        config.password(password);
    }
    attempt(&config, settings, server)
}

/// The password of the URL, the service or the environment, and else that of the password file.
fn password(settings: &Settings, server: &Server, notes: &mut Vec<String>) -> Option<String> {
    if settings.password.is_some() {
        return settings.password.clone();
    }
    let login = password_file::Login {
        host: server.in_password_file(),
        port: server.port,
        database: &settings.database,
        user: &settings.user,
    };
    let found = password_file::look_up(settings.password_file.as_deref()?, login);
    found.unwrap_or_else(|note| {
        notes.push(note);
        None
    })
}

/// With and without TLS, in the order that `sslmode` asks for. A socket has none.
fn attempt(config: &Config, settings: &Settings, server: &Server) -> Result<Client> {
    let error = |error: &tokio_postgres::Error| failure::connect_error(error, settings, server);
    let runtime = client::runtime().map_err(|failed| Error::Connect {
        database: failure::named(settings, server),
        reason: format!("no thread can be started: {failed}"),
        help: None,
    })?;
    let plain = || Client::connect(&runtime, config.clone().ssl_mode(SslMode::Disable), NoTls);
    if server.is_socket() || settings.mode == tls::Mode::Disable {
        return plain().map_err(|failed| error(&failed));
    }
    let connector = tls::connector(settings.mode, &settings.files).map_err(|(reason, help)| Error::Connect {
        database: failure::named(settings, server),
        reason,
        help: Some(help.to_owned()),
    })?;
    let over_tls = |mode| Client::connect(&runtime, config.clone().ssl_mode(mode), connector.clone());
    let connected = match settings.mode {
        tls::Mode::Allow => plain().or_else(|first| {
            if !worth_another(&first) {
                return Err(first);
            }
            over_tls(SslMode::Require).map_err(|_| first)
        }),
        tls::Mode::Prefer => over_tls(SslMode::Prefer).or_else(|first| {
            if !worth_another(&first) {
                return Err(first);
            }
            plain().map_err(|_| first)
        }),
        _ => over_tls(SslMode::Require),
    };
    connected.map_err(|failed| error(&failed))
}

/// Whether the other way, with TLS or without, may fare better: pg_hba.conf tells them apart, and TLS may fail.
fn worth_another(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(code) => *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        None => error.to_string().contains("TLS"),
    }
}
