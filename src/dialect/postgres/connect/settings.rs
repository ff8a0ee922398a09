//! What a connection is made with: the URL first, then the service, the environment, and libpq's defaults.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::config::{ChannelBinding, SslNegotiation};

use super::url::{self, Parameters};
use super::{service, tls};
use crate::database::Environment;
use crate::error::{Error, Result};

/// libpq's variables and the keywords they stand for.
const VARIABLES: [(&str, &str); 20] = [
    ("PGAPPNAME", "application_name"),
    ("PGCHANNELBINDING", "channel_binding"),
    ("PGCONNECT_TIMEOUT", "connect_timeout"),
    ("PGDATABASE", "dbname"),
    ("PGHOST", "host"),
    ("PGHOSTADDR", "hostaddr"),
    ("PGLOADBALANCEHOSTS", "load_balance_hosts"),
    ("PGOPTIONS", "options"),
    ("PGPASSFILE", "passfile"),
    ("PGPASSWORD", "password"),
    ("PGPORT", "port"),
    ("PGSERVICE", "service"),
    ("PGSERVICEFILE", "servicefile"),
    ("PGSSLCERT", "sslcert"),
    ("PGSSLKEY", "sslkey"),
    ("PGSSLMODE", "sslmode"),
    ("PGSSLNEGOTIATION", "sslnegotiation"),
    ("PGSSLROOTCERT", "sslrootcert"),
    ("PGTARGETSESSIONATTRS", "target_session_attrs"),
    ("PGUSER", "user"),
];

/// Where sockets are: Debian's folder, and PostgreSQL's own choice.
const SOCKET_FOLDERS: [&str; 2] = ["/var/run/postgresql", "/tmp"];
const DEFAULT_PORT: u16 = 5432;
const APPLICATION: &str = "trueup";

/// One server to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Server {
    /// A name, an address, or the folder of a socket.
    pub(super) host: String,
    pub(super) address: Option<IpAddr>,
    pub(super) port: u16,
}

impl Server {
    /// Whether it is reached by a socket in a folder.
    pub(super) fn is_socket(&self) -> bool {
        self.address.is_none() && self.host.starts_with('/')
    }

    /// The host as a line of `.pgpass` names it.
    pub(super) fn in_password_file(&self) -> &str {
        if self.is_socket() && SOCKET_FOLDERS.contains(&self.host.as_str()) { "localhost" } else { &self.host }
    }
}

/// Which of several servers will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

impl Wanted {
    const WORDS: &str = "any, read-write, read-only, primary, standby, prefer-standby";

    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "any" => Self::Any,
            "read-write" => Self::ReadWrite,
            "read-only" => Self::ReadOnly,
            "primary" => Self::Primary,
            "standby" => Self::Standby,
            "prefer-standby" => Self::PreferStandby,
            _ => return None,
        })
    }
}

/// All that a connection is made with. It has no `Debug`, as it holds the password.
pub(super) struct Settings {
    pub(super) servers: Vec<Server>,
    pub(super) user: String,
    pub(super) database: String,
    pub(super) password: Option<String>,
    pub(super) password_file: Option<PathBuf>,
    pub(super) mode: tls::Mode,
    pub(super) files: tls::Files,
    pub(super) channel_binding: ChannelBinding,
    pub(super) wanted: Wanted,
    pub(super) options: Option<String>,
    pub(super) application_name: String,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) keepalives: bool,
}

impl Settings {
    /// TLS as PostgreSQL begins it, or at once.
    pub(super) fn negotiation(&self) -> SslNegotiation {
        if self.files.direct { SslNegotiation::Direct } else { SslNegotiation::Postgres }
    }
}

/// Gathers what the URL, its service and the environment say.
pub(super) fn gather(text: &str, environment: &Environment) -> Result<Settings> {
    settle(&merge(url::parse(text)?, environment)?, environment)
}

fn merge(mut parameters: Parameters, environment: &Environment) -> Result<Parameters> {
    let named = parameters.get("service").map(String::as_str).or_else(|| environment.variable("PGSERVICE"));
    if let Some(name) = named {
        let file = parameters.get("servicefile").map(String::as_str);
        for (key, value) in service::look_up(name, file, environment)? {
            parameters.entry(key).or_insert(value);
        }
    }
    for (variable, key) in VARIABLES {
        // libpq does not take an address of the environment's for a host of the URL's, and neither a user's password.
        if key == "hostaddr" && parameters.contains_key("host") {
            continue;
        }
        if let Some(value) = environment.variable(variable) {
            parameters.entry(key.to_owned()).or_insert_with(|| value.to_owned());
        }
    }
    Ok(parameters)
}

fn settle(parameters: &Parameters, environment: &Environment) -> Result<Settings> {
    let get = |key: &str| parameters.get(key).map(String::as_str).filter(|value| !value.is_empty());
    let user = get("user").or(environment.user.as_deref()).ok_or_else(|| {
        Error::usage_with_help("no user of the database is named", "write postgres://user@host/database, or set PGUSER")
    })?;
    let at_home = |name: &str| environment.home.as_ref().map(|home| home.join(name));
    let default_file = |name: &str| {
        let path = at_home(".postgresql").map(|folder| folder.join(name))?;
        path.is_file().then(|| path.display().to_string())
    };
    let roots = get("sslrootcert").map(str::to_owned).or_else(|| default_file("root.crt"));
    // libpq's rule: the public authorities sign for anybody, so only the name tells.
    let mode = match get("sslmode") {
        None if roots.as_deref() == Some("system") => tls::Mode::VerifyFull,
        None => tls::Mode::Prefer,
        Some(word) => tls::Mode::from_word(word).ok_or_else(|| unknown("sslmode", word, tls::Mode::WORDS))?,
    };
    if roots.as_deref() == Some("system") && mode != tls::Mode::VerifyFull {
        return Err(Error::usage("sslrootcert=system goes only with sslmode=verify-full"));
    }
    let direct = match get("sslnegotiation") {
        None | Some("postgres") => false,
        Some("direct") => true,
        Some(word) => return Err(unknown("sslnegotiation", word, "postgres, direct")),
    };
    let strict = matches!(mode, tls::Mode::Require | tls::Mode::VerifyCa | tls::Mode::VerifyFull);
    if direct && !strict {
        return Err(Error::usage("sslnegotiation=direct goes only with sslmode=require, verify-ca or verify-full"));
    }
    let own = get("sslcert").map(str::to_owned).or_else(|| default_file("postgresql.crt"));
    let key = get("sslkey").map(str::to_owned).or_else(|| default_file("postgresql.key"));
    let own = match (own, key) {
        (Some(own), Some(key)) => Some((own, key)),
        (Some(_), None) => return Err(Error::usage_with_help("sslcert has no key", "name it with sslkey=FILE")),
        (None, _) => None,
    };
    let channel_binding = match get("channel_binding") {
        None | Some("prefer") => ChannelBinding::Prefer,
        Some("disable") => ChannelBinding::Disable,
        Some("require") => ChannelBinding::Require,
        Some(word) => return Err(unknown("channel_binding", word, "disable, prefer, require")),
    };
    let wanted = match get("target_session_attrs") {
        None => Wanted::Any,
        Some(word) => Wanted::from_word(word).ok_or_else(|| unknown("target_session_attrs", word, Wanted::WORDS))?,
    };
    let connect_timeout = match get("connect_timeout") {
        None => None,
        Some(text) => {
            let seconds: i64 = text.parse().map_err(|_| unknown("connect_timeout", text, "a number of seconds"))?;
            // None and less than none are no limit.
            u64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)
        }
    };
    Ok(Settings {
        servers: servers(get("host"), get("hostaddr"), get("port"))?,
        user: user.to_owned(),
        database: get("dbname").unwrap_or(user).to_owned(),
        password: get("password").map(str::to_owned),
        password_file: get("passfile").map(PathBuf::from).or_else(|| at_home(".pgpass")),
        mode,
        files: tls::Files { roots, own, direct },
        channel_binding,
        wanted,
        options: get("options").map(str::to_owned),
        application_name: get("application_name").unwrap_or(APPLICATION).to_owned(),
        connect_timeout,
        keepalives: get("keepalives") != Some("0"),
    })
}

fn unknown(key: &str, word: &str, known: &str) -> Error {
    Error::usage_with_help(format!("{key} cannot be `{word}`"), format!("write {known}"))
}

/// The lists of hosts, addresses and ports side by side.
fn servers(hosts: Option<&str>, addresses: Option<&str>, ports: Option<&str>) -> Result<Vec<Server>> {
    let list = |text: Option<&str>| text.map(|text| text.split(',').map(str::to_owned).collect::<Vec<_>>());
    let (hosts, addresses) = (list(hosts), list(addresses));
    let ports = list(ports).unwrap_or_default();
    let count = hosts.as_ref().or(addresses.as_ref()).map_or(1, Vec::len);
    if addresses.as_ref().is_some_and(|addresses| addresses.len() != count) {
        return Err(Error::usage("host and hostaddr do not name as many servers"));
    }
    if ports.len() > 1 && ports.len() != count {
        return Err(Error::usage(format!("{} ports are named for {count} hosts", ports.len())));
    }
    let at = |list: &Option<Vec<String>>, i: usize| {
        list.as_ref().and_then(|list| list.get(i)).filter(|value| !value.is_empty()).cloned()
    };
    (0..count)
        .map(|i| {
            let port = match ports.get(i).or_else(|| ports.first()).map(String::as_str) {
                None | Some("") => DEFAULT_PORT,
                Some(port) => {
                    let port = port.trim().parse().ok().filter(|port| *port > 0);
                    port.ok_or_else(|| Error::usage("a port of the database is no number from 1 to 65535"))?
                }
            };
            let address: Option<IpAddr> = at(&addresses, i)
                .map(|address| address.parse().map_err(|_| Error::usage("hostaddr is no IP address")))
                .transpose()?;
            let host = at(&hosts, i).or_else(|| address.map(|address| address.to_string()));
            Ok(Server { host: host.unwrap_or_else(|| default_host(port)), address, port })
        })
        .collect()
}

/// The folder with a socket of that port, or this machine.
fn default_host(port: u16) -> String {
    let has_socket = |folder: &&&str| Path::new(folder).join(format!(".s.PGSQL.{port}")).exists();
    SOCKET_FOLDERS.iter().find(has_socket).map_or_else(|| "localhost".to_owned(), |folder| (*folder).to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Environment { variables, home: None, user: Some("me".into()) }
    }

    fn read(url: &str, variables: &[(&str, &str)]) -> Settings {
        gather(url, &environment(variables)).unwrap()
    }

    #[test]
    fn the_url_goes_before_the_environment_and_that_before_the_defaults() {
        let variables =
            &[("PGHOST", "there"), ("PGPORT", "6000"), ("PGUSER", "ann"), ("PGDATABASE", ""), ("PGSSLMODE", "require")];
        let settings = read("postgres:", variables);
        assert_eq!(settings.servers, [Server { host: "there".into(), address: None, port: 6000 }]);
        assert_eq!((settings.user.as_str(), settings.database.as_str()), ("ann", "ann"));
        assert_eq!((settings.mode, settings.application_name.as_str()), (tls::Mode::Require, "trueup"));
        let settings = read("postgres://bob@here:1/shop?sslmode=disable&application_name=x", variables);
        assert_eq!(settings.servers, [Server { host: "here".into(), address: None, port: 1 }]);
        assert_eq!((settings.user.as_str(), settings.database.as_str()), ("bob", "shop"));
        assert_eq!((settings.mode, settings.application_name.as_str()), (tls::Mode::Disable, "x"));
        let settings = read("postgres://h", &[]);
        assert_eq!((settings.user.as_str(), settings.database.as_str()), ("me", "me"));
        assert!(gather("postgres://h", &Environment::default()).is_err());
    }

    #[test]
    fn a_service_stands_between_the_url_and_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("services");
        std::fs::write(&file, "[live]\nhost=of-service\nport=7\nuser=of-service\n").unwrap();
        let variables = &[("PGSERVICEFILE", file.to_str().unwrap()), ("PGPORT", "8"), ("PGDATABASE", "d")];
        let settings = read("postgres://ann@/?service=live", variables);
        assert_eq!(settings.servers, [Server { host: "of-service".into(), address: None, port: 7 }]);
        assert_eq!((settings.user.as_str(), settings.database.as_str()), ("ann", "d"));
    }

    #[test]
    fn several_servers_have_their_ports() {
        let ports = |url: &str| read(url, &[]).servers.into_iter().map(|server| server.port).collect::<Vec<_>>();
        assert_eq!(ports("postgres://a,b:2/d"), [5432, 2]);
        assert_eq!(ports("postgres:///d?host=a,b&port=3"), [3, 3]);
        assert!(gather("postgres:///d?host=a,b,c&port=3,4", &environment(&[])).is_err());
    }

    #[test]
    fn what_cannot_be_is_said() {
        let message = |url: &str| gather(url, &environment(&[])).err().unwrap().to_string();
        assert_eq!(message("postgres://h/d?sslmode=on"), "sslmode cannot be `on`");
        assert_eq!(message("postgres://h/d?connect_timeout=x"), "connect_timeout cannot be `x`");
        assert_eq!(
            message("postgres://h/d?sslmode=require&sslrootcert=system"),
            "sslrootcert=system goes only with sslmode=verify-full"
        );
        assert!(message("postgres://h/d?sslnegotiation=direct").contains("goes only with"));
        assert_eq!(read("postgres://h/d?sslrootcert=system", &[]).mode, tls::Mode::VerifyFull);
    }
}
