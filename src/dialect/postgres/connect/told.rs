//! The process that the server said a session is, when it began. A pooler makes up its own (PgBouncer: random bytes), so
//! it is another than `pg_backend_pid()` gives.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::CancelToken;
use tokio_postgres::tls::{ChannelBinding, TlsConnect, TlsStream};

/// What `CancelRequest` begins with: its length, and the number that stands for it.
/// <https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST>
const CANCEL: [u8; 8] = [0, 0, 0, 16, 4, 210, 22, 46];

/// Reads the process out of the request that would cancel the session; the request is sent nowhere.
pub(super) async fn process(token: CancelToken) -> Option<i32> {
    let mut written = Vec::new();
    token.cancel_query_raw(Tap(&mut written), PassOn).await.ok()?;
    let at = written.windows(CANCEL.len()).position(|window| window == CANCEL)? + CANCEL.len();
    let bytes: [u8; 4] = written.get(at..at + 4)?.try_into().ok()?;
    Some(i32::from_be_bytes(bytes))
}

/// Takes all that is written, and agrees to TLS, which [`PassOn`] leaves out.
struct Tap<'w>(&'w mut Vec<u8>);

impl AsyncRead for Tap<'_> {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buffer.remaining() > 0 {
            buffer.put_slice(b"S");
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Tap<'_> {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.0.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl TlsStream for Tap<'_> {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

struct PassOn;

impl<'w> TlsConnect<Tap<'w>> for PassOn {
    type Stream = Tap<'w>;
    type Error = Infallible;
    type Future = Ready<Result<Tap<'w>, Infallible>>;

    fn connect(self, stream: Tap<'w>) -> Self::Future {
        ready(Ok(stream))
    }
}
