//! Statements that wait for somebody else's lock: tried again, and who holds it is said.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mysql::prelude::Queryable as _;

use crate::apply::Progress;
use crate::database::ApplyOptions;
use crate::error::{Error, Result};
use crate::plan::Step;

use super::super::connect::statement_error;
use super::{Connected, alter};

/// Runs one statement of a step; while a lock is not to be had, again, until the time is over.
pub(super) fn run(
    db: &mut dyn Connected,
    step: &Step,
    sql: &str,
    options: &ApplyOptions,
    progress: &mut dyn Progress,
) -> Result<()> {
    let url = db.target().url;
    let flavour = db.server().flavour;
    let until = Instant::now() + options.lock_timeout;
    let mut pause = Duration::from_millis(200);
    loop {
        let Err(error) = alter::run(db.conn(), flavour, sql, until) else { return Ok(()) };
        let Error::Busy { database, reason } = statement_error(&url, &error, sql) else {
            return Err(statement_error(&url, &error, sql));
        };
        let holders = holders(db).join("; ");
        let held = |before: &str| if holders.is_empty() { String::new() } else { format!("{before}{holders}") };
        if Instant::now() + pause >= until || options.interrupt.is_requested() {
            return Err(Error::Busy { database, reason: format!("{}: {reason}{}", step.summary, held("; held by ")) });
        }
        progress.doing(&format!("{} waits for a lock{}", step.summary, held(" of ")));
        // Those who wait behind the statement have their turn.
        sleep(pause);
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}

/// The sessions that hold a lock here, as far as this role and this server tell; else those that might.
fn holders(db: &mut dyn Connected) -> Vec<String> {
    const ASKED: [&str; 3] = [
        include_str!("../queries/metadata_locks.sql"),
        include_str!("../queries/transactions.sql"),
        include_str!("../queries/holders.sql"),
    ];
    type Session = (u64, Option<String>, Option<u64>, Option<String>);
    let mut answers = ASKED.iter().map(|sql| db.conn().query::<Session, _>(*sql).unwrap_or_default());
    let sessions = answers.find(|sessions| !sessions.is_empty()).unwrap_or_default();
    sessions
        .into_iter()
        .map(|(id, user, seconds, info)| {
            let what: String =
                info.map_or_else(|| "an open transaction".to_owned(), |info| info.chars().take(80).collect());
            let user = user.unwrap_or_else(|| "somebody".to_owned());
            format!("session {id} of {user} for {} s ({what})", seconds.unwrap_or_default())
        })
        .collect()
}
