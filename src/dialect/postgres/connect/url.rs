//! Reads `postgres://` as libpq does, and never says a part of a URL that may be a password.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::error::{Error, Result};

/// What is known of a connection, by libpq's keywords: `host`, `port`, `dbname`, `sslmode`.
pub(super) type Parameters = BTreeMap<String, String>;

/// libpq's keywords that mean something here.
pub(super) const KEYWORDS: [&str; 25] = [
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "load_balance_hosts",
    "options",
    "passfile",
    "password",
    "port",
    "service",
    "servicefile",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
];

/// libpq's keywords that change nothing here: what they ask for is so anyway, or is of no use to a client like this.
const WITHOUT_EFFECT: [&str; 12] = [
    "client_encoding",
    "fallback_application_name",
    "gssencmode",
    "gssdelegation",
    "gsslib",
    "krbsrvname",
    "sslcertmode",
    "sslcompression",
    "sslsni",
    "ssl_min_protocol_version",
    "ssl_max_protocol_version",
    "replication",
];

const ENCODE: &str =
    "write postgres://user:password@host:5432/database; in each part @ is %40, : is %3A, / is %2F, ? is %3F, % is %25";

fn wrong(reason: &str) -> Error {
    Error::usage_with_help(format!("the URL of the database cannot be read: {reason}"), ENCODE)
}

/// What a URL says, and nothing from elsewhere.
pub(super) fn parse(url: &str) -> Result<Parameters> {
    let rest = url.strip_prefix("postgresql:").or_else(|| url.strip_prefix("postgres:"));
    let rest = rest.ok_or_else(|| wrong("it does not begin with postgres://"))?;
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut parameters = Parameters::new();
    match rest.strip_prefix("//") {
        Some(rest) => {
            let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
            read_authority(authority, &mut parameters)?;
            put(&mut parameters, "dbname", decode(database)?);
        }
        None if rest.is_empty() => {}
        None => return Err(wrong("behind postgres: stand two slashes")),
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        // A name without a value may be the end of a password with a `?` in it.
        let (name, value) =
            pair.split_once('=').ok_or_else(|| wrong("a parameter behind the `?` has no `=` and no value"))?;
        read_parameter(&decode(name)?, decode(value)?, &mut parameters)?;
    }
    Ok(parameters)
}

fn put(parameters: &mut Parameters, name: &str, value: String) {
    if !value.is_empty() {
        parameters.insert(name.to_owned(), value);
    }
}

fn read_authority(authority: &str, parameters: &mut Parameters) -> Result<()> {
    let (who, hosts) = match authority.split_once('@') {
        Some((who, hosts)) => (Some(who), hosts),
        None => (None, authority),
    };
    if hosts.contains('@') {
        return Err(wrong("there is more than one @ in it"));
    }
    if let Some(who) = who {
        let (user, password) = who.split_once(':').unwrap_or((who, ""));
        put(parameters, "user", decode(user)?);
        put(parameters, "password", decode(password)?);
    }
    let (mut names, mut ports) = (Vec::new(), Vec::new());
    for host in hosts.split(',') {
        let (name, port) = split_port(host)?;
        if !port.is_empty() && port.parse::<u16>().is_err() {
            return Err(wrong("what stands behind the host's `:` is no port"));
        }
        names.push(decode(name)?);
        ports.push(port.to_owned());
    }
    // One empty host and port are none; of several, each keeps its place.
    for (name, values) in [("host", names), ("port", ports)] {
        if values.iter().any(|value| !value.is_empty()) {
            put(parameters, name, values.join(","));
        }
    }
    Ok(())
}

/// `host:port`, where an IPv6 address stands in brackets.
fn split_port(host: &str) -> Result<(&str, &str)> {
    let Some(rest) = host.strip_prefix('[') else {
        return match host.split_once(':') {
            Some((_, port)) if port.contains(':') => Err(wrong("an IPv6 address stands in brackets: [::1]")),
            Some(parts) => Ok(parts),
            None => Ok((host, "")),
        };
    };
    match rest.split_once(']') {
        Some((address, "")) => Ok((address, "")),
        Some((address, port)) => {
            port.strip_prefix(':').map(|port| (address, port)).ok_or_else(|| wrong("behind the `]` stands no port"))
        }
        None => Err(wrong("the bracket of an IPv6 address is not closed")),
    }
}

fn read_parameter(name: &str, value: String, parameters: &mut Parameters) -> Result<()> {
    if name == "ssl" {
        // JDBC's way to say it, which libpq reads too.
        return match value.as_str() {
            "true" => {
                put(parameters, "sslmode", "require".to_owned());
                Ok(())
            }
            _ => Err(wrong("of `ssl` only ssl=true is known; write sslmode=disable for the opposite")),
        };
    }
    if WITHOUT_EFFECT.contains(&name) {
        return Ok(());
    }
    if !KEYWORDS.contains(&name) {
        // With an `@` behind it, it may be the end of a password that holds a `?`.
        let short =
            name.len() < 40 && !value.contains('@') && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let name = if short { format!("the parameter `{name}` is") } else { "one of its parameters is".to_owned() };
        return Err(Error::usage_with_help(
            format!("the URL of the database cannot be read: {name} not known"),
            format!("the parameters are libpq's: {}", KEYWORDS.join(", ")),
        ));
    }
    put(parameters, name, value);
    Ok(())
}

/// Percent-decoding; a `+` stays one, as with libpq.
fn decode(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        match (digit(), digit()) {
            (Some(high), Some(low)) if high + low > 0 => bytes.push(u8::try_from(high * 16 + low).unwrap_or_default()),
            _ => return Err(wrong("a % is not followed by two hexadecimal digits of a character")),
        }
    }
    String::from_utf8(bytes).map_err(|_| wrong("a part of it is not UTF-8"))
}

/// What has to be written otherwise in a part of a URL.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The URL as it was written, without its password.
pub(super) fn without_password(url: &str) -> String {
    let (head, query) = url.split_once('?').map_or((url, None), |(head, query)| (head, Some(query)));
    let mut shown = match head.split_once("//") {
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let authority = match authority.rsplit_once('@') {
                Some((who, hosts)) => format!("{}@{hosts}", who.split(':').next().unwrap_or_default()),
                None => authority.to_owned(),
            };
            format!("{scheme}//{authority}{path}")
        }
        None => head.to_owned(),
    };
    let secret = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        !decode(name).is_ok_and(|name| name.contains("password"))
    };
    let kept: Vec<_> = query.into_iter().flat_map(|query| query.split('&')).filter(secret).collect();
    if !kept.is_empty() {
        shown.push('?');
        shown.push_str(&kept.join("&"));
    }
    shown
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(url: &str) -> String {
        let parameters = parse(url).unwrap();
        parameters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_form_of_url() {
        for (url, parameters) in [
            ("postgres:", ""),
            ("postgresql://", ""),
            ("postgres:///shop", "dbname=shop"),
            ("postgres://localhost", "host=localhost"),
            ("postgres://localhost:5433", "host=localhost port=5433"),
            ("postgres://ann@h/d", "dbname=d host=h user=ann"),
            ("postgresql://ann:s%3Acr%40t@h:1/d%20e", "dbname=d e host=h password=s:cr@t port=1 user=ann"),
            ("postgres://a,b:2,c/d", "dbname=d host=a,b,c port=,2,"),
            ("postgres://[::1]:5433/d", "dbname=d host=::1 port=5433"),
            ("postgres://%2Fvar%2Frun/d", "dbname=d host=/var/run"),
            ("postgres:///d?host=/tmp&port=5&user=u", "dbname=d host=/tmp port=5 user=u"),
            ("postgres://h/d?ssl=true", "dbname=d host=h sslmode=require"),
            ("postgres://h/d?options=-c%20a%3D1+2&gssencmode=disable", "dbname=d host=h options=-c a=1+2"),
            ("postgres:?service=live", "service=live"),
            ("postgres://:5433/d", "dbname=d port=5433"),
        ] {
            assert_eq!(read(url), parameters, "{url}");
        }
    }

    #[test]
    fn what_cannot_be_read_never_says_a_password() {
        for url in [
            "postgres://ann:hunter2/x@h/d",
            "postgres://ann:hun@ter2@h/d",
            "postgres://ann:hunter2%zz@h/d",
            "postgres://ann:hunter2%00@h/d",
            "postgres://ann:hunter2?x@h/d",
            "postgres://ann:12?hunter2=1@h/d",
            "postgres:ann:hunter2@h/d",
            "postgres://ann:hunter2@h:port/d",
            "postgres://ann:hunter2@[::1/d",
            "postgres://ann:hunter2@::1/d",
            "postgres://ann:hunter2@h/d?ssl=yes",
            "postgres://ann:hunter2@h/d?sslmod=require",
            "mysql://ann:hunter2@h/d",
        ] {
            let Error::Usage { message, help } = parse(url).unwrap_err() else { unreachable!("{url}") };
            let said = format!("{message} {}", help.unwrap());
            assert!(!said.contains("hunter2"), "{url}: {said}");
        }
    }

    #[test]
    fn the_url_is_shown_without_its_password() {
        for (url, shown) in [
            ("postgres://ann:secret@h:1/d?sslmode=require", "postgres://ann@h:1/d?sslmode=require"),
            ("postgres://ann@h/d", "postgres://ann@h/d"),
            ("postgres:///d?password=secret&user=ann", "postgres:///d?user=ann"),
            ("postgres:///d?p%61ssword=secret", "postgres:///d"),
            ("postgres:", "postgres:"),
        ] {
            assert_eq!(without_password(url), shown);
        }
        assert_eq!(encode("/var/run a"), "%2Fvar%2Frun%20a");
    }
}
