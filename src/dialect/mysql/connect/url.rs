//! Reads `mysql://` and `mariadb://`, and never says a part of a URL that may be a password.

use std::path::PathBuf;
use std::time::Duration;

use super::tls::Mode;
use crate::error::{Error, Result};

/// What a URL says.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) scheme: String,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) socket: Option<String>,
    pub(super) database: String,
    pub(super) mode: Mode,
    pub(super) ca: Option<PathBuf>,
    pub(super) cert: Option<PathBuf>,
    pub(super) key: Option<PathBuf>,
    pub(super) connect_timeout: Option<Duration>,
}

const HELP: &str =
    "write mysql://user:password@host:3306/database; in each part @ is %40, : is %3A, / is %2F, ? is %3F, % is %25";

fn wrong(reason: &str) -> Error {
    Error::usage_with_help(format!("the URL of the database cannot be read: {reason}"), HELP)
}

fn decode(text: &str) -> Result<String> {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.bytes());
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
        let value = digit().zip(digit()).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(value.ok_or_else(|| wrong("behind a % stand no two hexadecimal digits"))?);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => Err(wrong("what is written with % is no UTF-8 text")),
    }
}

fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Reads a URL.
pub(super) fn parse(url: &str) -> Result<Address> {
    let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong("it does not begin with mysql://"))?;
    if !matches!(scheme, "mysql" | "mariadb") {
        return Err(wrong("it does not begin with mysql:// or mariadb://"));
    }
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
    let mut address = Address { scheme: scheme.to_owned(), database: decode(database)?, ..Address::default() };
    let (who, host) = match authority.split_once('@') {
        Some((who, host)) => (Some(who), host),
        None => (None, authority),
    };
    if host.contains('@') {
        return Err(wrong("there is more than one @ in it"));
    }
    if let Some(who) = who {
        let (user, password) = who.split_once(':').map_or((who, None), |(user, password)| (user, Some(password)));
        address.user = Some(decode(user)?).filter(|user| !user.is_empty());
        address.password = password.map(decode).transpose()?.filter(|password| !password.is_empty());
    }
    (address.host, address.port) = host_and_port(host)?;
    let mut mode = None;
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        // A name without a value may be the end of a password with a `?` in it.
        let (name, value) =
            pair.split_once('=').ok_or_else(|| wrong("a parameter behind the `?` has no `=` and no value"))?;
        parameter(name, decode(value)?, &mut address, &mut mode)?;
    }
    // As MySQL's own clients, a certificate to check with asks for the check.
    address.mode = mode.unwrap_or(if address.ca.is_some() { Mode::VerifyCa } else { Mode::Preferred });
    check(&address)?;
    Ok(address)
}

fn host_and_port(text: &str) -> Result<(String, u16)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) =
                rest.split_once(']').ok_or_else(|| wrong("the bracket of an IPv6 address is not closed"))?;
            (host, rest.strip_prefix(':'))
        }
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let port = match port {
        None | Some("") => 3306,
        Some(port) => port.parse().map_err(|_| wrong("what stands behind the host's `:` is no port"))?,
    };
    let host = decode(host)?;
    Ok((if host.is_empty() { "localhost".to_owned() } else { host.to_ascii_lowercase() }, port))
}

fn parameter(name: &str, value: String, address: &mut Address, mode: &mut Option<Mode>) -> Result<()> {
    match name {
        "socket" => address.socket = Some(value),
        "ssl-mode" => {
            let known = Mode::from_word(&value);
            *mode = Some(known.ok_or_else(|| wrong(&format!("ssl-mode is one of {}", Mode::WORDS)))?);
        }
        "ssl-ca" => address.ca = Some(value.into()),
        "ssl-cert" => address.cert = Some(value.into()),
        "ssl-key" => address.key = Some(value.into()),
        "connect-timeout" => {
            let seconds = value.parse().ok().filter(|seconds| *seconds > 0);
            let seconds = seconds.ok_or_else(|| wrong("connect-timeout is a number of seconds"))?;
            address.connect_timeout = Some(Duration::from_secs(seconds));
        }
        // The name is not said: it may be the end of a password with a `?` in it.
        _ => {
            return Err(wrong(
                "a parameter behind the `?` is not known; these are: socket, ssl-mode, ssl-ca, ssl-cert, ssl-key, \
                 connect-timeout",
            ));
        }
    }
    Ok(())
}

fn check(address: &Address) -> Result<()> {
    if address.database.is_empty() {
        return Err(Error::usage_with_help(
            "the URL names no database",
            "write its name behind the host: mysql://user@host:3306/database",
        ));
    }
    if address.cert.is_some() != address.key.is_some() {
        return Err(wrong("ssl-cert and ssl-key go together"));
    }
    // The mysql crate does no TLS over a socket, so what asks for it must not be read over.
    if address.socket.is_some() && !matches!(address.mode, Mode::Disabled | Mode::Preferred) {
        return Err(Error::usage_with_help(
            "there is no TLS over a unix socket",
            "leave ssl-mode and ssl-ca out (a socket does not leave the machine), or name a host instead",
        ));
    }
    Ok(())
}

impl Address {
    /// The URL without its password.
    pub(super) fn display(&self) -> String {
        let user = self.user.as_ref().map(|user| format!("{}@", encode(user))).unwrap_or_default();
        format!("{}://{user}{}", self.scheme, self.place())
    }

    /// The same for all ways to name it.
    pub(super) fn location(&self) -> String {
        format!("mysql://{}", self.place())
    }

    fn place(&self) -> String {
        let database = encode(&self.database);
        match &self.socket {
            Some(socket) => format!("localhost/{database}?socket={}", encode(socket).replace("%2F", "/")),
            None if self.host.contains(':') => format!("[{}]:{}/{database}", self.host, self.port),
            None => format!("{}:{}/{database}", self.host, self.port),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_url() {
        let all = parse(
            "mariadb://u%40x:p%3A%2F@DB.example:33/a%20b?ssl-mode=verify_identity&ssl-ca=/ca.pem&connect-timeout=3",
        )
        .unwrap();
        assert_eq!((all.user.as_deref(), all.password.as_deref()), (Some("u@x"), Some("p:/")));
        assert_eq!((all.host.as_str(), all.port, all.database.as_str()), ("db.example", 33, "a b"));
        assert!(all.mode == Mode::VerifyIdentity && all.connect_timeout == Some(Duration::from_secs(3)));
        assert_eq!(all.display(), "mariadb://u%40x@db.example:33/a%20b");
        let socket = parse("mysql://root@/d?socket=%2Frun/s.sock").unwrap();
        assert_eq!(socket.display(), "mysql://root@localhost/d?socket=/run/s.sock");
        assert!(parse("mysql://h/d?ssl-ca=x").unwrap().mode == Mode::VerifyCa);
        assert_eq!(parse("mysql://[::1]/d").unwrap().location(), "mysql://[::1]:3306/d");
    }

    #[test]
    fn no_error_says_a_password() {
        for url in [
            "mysql://u:secret@h:x/d",
            "mysql://u:se@cret@h/d",
            "mysql://u:secret@h",
            "mysql://u:secret@h/d?secret",
            "mysql://u:secret@h/d?secret=1",
            "mysql://u:secret%zz@h/d",
            "mysql://u:secret@h/d?ssl-mode=no",
            "mysql://u:secret@h/d?ssl-cert=x",
            "mysql://u:secret@h/d?socket=/s&ssl-mode=required",
            "mysql:u:secret@h/d",
        ] {
            let said = parse(url).err().unwrap().to_string();
            assert!(!said.contains("secret") && !said.contains("cret@"), "{said}");
        }
        assert!(parse("mysql://h").err().unwrap().to_string().contains("names no database"));
    }
}
