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
        let (is_known, holders) = holders(db);
        let held = |known: &str, perhaps: &str| match holders.join("; ") {
            holders if holders.is_empty() => holders,
            holders => format!("{}{holders}", if is_known { known } else { perhaps }),
        };
        if Instant::now() + pause >= until || options.interrupt.is_requested() {
            return Err(Error::Busy {
                database,
                reason: format!("{}: {reason}{}", step.summary, held("; held by ", "; perhaps held by ")),
            });
        }
        progress.doing(&format!("{} waits for a lock{}", step.summary, held(" of ", ", perhaps of ")));
        // Those who wait behind the statement have their turn.
        sleep(pause);
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}

/// The sessions that hold a lock here, as far as this role and this server tell; else those that might, which is said by
/// `false`.
fn holders(db: &mut dyn Connected) -> (bool, Vec<String>) {
    const ASKED: [(bool, &str); 4] = [
        (true, include_str!("../queries/metadata_locks.sql")),
        (true, include_str!("../queries/transactions.sql")),
        (false, include_str!("../queries/transactions_elsewhere.sql")),
        (false, include_str!("../queries/holders.sql")),
    ];
    type Session = (u64, Option<String>, Option<u64>, Option<String>);
    let mut answers =
        ASKED.iter().map(|(known, sql)| (*known, db.conn().query::<Session, _>(*sql).unwrap_or_default()));
    let (is_known, sessions) = answers.find(|(_, sessions)| !sessions.is_empty()).unwrap_or_default();
    let sessions = sessions
        .into_iter()
        .map(|(id, user, seconds, info)| {
            let what: String =
                info.map_or_else(|| "an open transaction".to_owned(), |info| info.chars().take(80).collect());
            let user = user.unwrap_or_else(|| "somebody".to_owned());
            format!("session {id} of {user} for {} s ({what})", seconds.unwrap_or_default())
        })
        .collect();
    (is_known, sessions)
}
