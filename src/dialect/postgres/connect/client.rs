//! A connection that waits for its answers, and can have several questions on their way.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::Type;
use tokio_postgres::{Config, Error, Row, SimpleQueryMessage, Socket};

use super::told;

/// How long the server is waited for when the session ends.
const GOODBYE: Duration = Duration::from_secs(2);
/// How long it is waited for when a statement is cancelled, over a connection of its own.
const CANCEL: Duration = Duration::from_secs(5);

/// The thread that talks to the server while the others work.
pub(super) fn runtime() -> io::Result<Arc<Runtime>> {
    Builder::new_multi_thread().worker_threads(1).enable_io().enable_time().build().map(Arc::new)
}

/// An open connection.
pub(in crate::dialect::postgres) struct Client {
    runtime: Arc<Runtime>,
    /// None while it is being closed.
    session: Option<Arc<tokio_postgres::Client>>,
    connection: Option<JoinHandle<()>>,
    cancel: Arc<dyn Fn() + Send + Sync>,
}

/// The rows of a query that is on its way.
pub(in crate::dialect::postgres) struct Pending(JoinHandle<Result<Vec<Row>, Error>>);

impl Client {
    pub(super) fn connect<T>(runtime: &Arc<Runtime>, config: &Config, tls: T) -> Result<Self, Error>
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send + 'static,
    {
        let (session, connection) = runtime.block_on(config.connect(tls.clone()))?;
        let (token, threads) = (session.cancel_token(), Arc::clone(runtime));
        let cancel = move || {
            // What a server does not hear is said by the statement, which goes on.
            let _ = threads.block_on(async { tokio::time::timeout(CANCEL, token.cancel_query(tls.clone())).await });
        };
        // What ends the connection is the error of the query that meets it.
        let connection = runtime.spawn(async move { drop(connection.await) });
        Ok(Self {
            runtime: Arc::clone(runtime),
            session: Some(Arc::new(session)),
            connection: Some(connection),
            cancel: Arc::new(cancel),
        })
    }

    /// The process that the server, or a pooler before it, said this session is.
    pub(super) fn told_process(&self) -> Option<i32> {
        let token = self.session.as_ref()?.cancel_token();
        self.runtime.block_on(told::process(token))
    }

    /// Cancels the statement that runs, from any thread.
    pub(in crate::dialect::postgres) fn canceller(&self) -> Arc<dyn Fn() + Send + Sync> {
        Arc::clone(&self.cancel)
    }

    /// Runs statements that answer nothing.
    pub(in crate::dialect::postgres) fn batch_execute(&mut self, sql: &str) -> Result<(), Error> {
        self.session.as_ref().map_or(Ok(()), |session| self.runtime.block_on(session.batch_execute(sql)))
    }

    /// The rows of statements, as text.
    pub(in crate::dialect::postgres) fn simple_query(&mut self, sql: &str) -> Result<Vec<SimpleQueryMessage>, Error> {
        self.session.as_ref().map_or(Ok(Vec::new()), |session| self.runtime.block_on(session.simple_query(sql)))
    }

    /// The rows of a query with one text for `$1`.
    pub(in crate::dialect::postgres) fn query_about(
        &mut self,
        sql: &str,
        text: Option<&str>,
    ) -> Result<Vec<Row>, Error> {
        let Some(session) = &self.session else { return Ok(Vec::new()) };
        self.runtime.block_on(session.query_typed(sql, &[(&text, Type::TEXT)]))
    }

    /// Sends a query; `oids` is its `$1`, where it has one. Queries are answered in the order in which they are sent.
    pub(in crate::dialect::postgres) fn send(&self, sql: String, oids: Option<Arc<Vec<u32>>>) -> Option<Pending> {
        let session = Arc::clone(self.session.as_ref()?);
        Some(Pending(self.runtime.spawn(async move {
            match &oids {
                Some(oids) => session.query_typed(&sql, &[(&**oids, Type::OID_ARRAY)]).await,
                None => session.query_typed(&sql, &[]).await,
            }
        })))
    }

    /// Waits for the rows of a query that was sent; none if it was given up, which nobody does.
    pub(in crate::dialect::postgres) fn receive(&self, pending: Pending) -> Option<Result<Vec<Row>, Error>> {
        self.runtime.block_on(pending.0).ok()
    }

    /// Whether the connection has ended.
    pub(in crate::dialect::postgres) fn is_closed(&self) -> bool {
        self.session.as_ref().is_none_or(|session| session.is_closed())
    }
}

/// Says goodbye, so that the server ends the session and its locks at once.
impl Drop for Client {
    fn drop(&mut self) {
        self.session = None;
        if let Some(connection) = self.connection.take() {
            let _ = self.runtime.block_on(async { tokio::time::timeout(GOODBYE, connection).await });
        }
    }
}
