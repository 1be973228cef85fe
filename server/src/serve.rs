//! The listener: bounded connections, slow clients cut off, requests under way finished before the process ends.

use std::io;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::peer::Proxies;

/// How large a request's headers may be.
const MAX_HEADER_BYTES: usize = 32 * 1024;
/// After a failed accept (no file handles left, say): wait instead of spinning.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// What clients are held to.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Whose word for where a request comes from is believed.
    pub proxies: Proxies,
    /// Most connections at once; the next ones wait in the system's backlog.
    pub connections: usize,
    /// How long a client may take to send a request's headers.
    pub headers_within: Duration,
    /// How long requests under way may take after the signal to stop.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            proxies: Proxies::default(),
            connections: 2_048,
            headers_within: Duration::from_secs(10),
            grace: Duration::from_secs(20),
        }
    }
}

/// Serves until `stop` ends, then gives requests under way their grace to finish.
///
/// # Errors
/// When requests were cut off at the end of their grace.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
    limits: Limits,
) -> io::Result<()> {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.headers_within).max_buf_size(MAX_HEADER_BYTES);
    let connections = std::sync::Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        // A full house must not keep the process from stopping.
        let place = tokio::select! {
            place = connections.clone().acquire_owned() => place.expect("never closed"),
            () = &mut stop => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_AGAIN).await;
                continue;
            }
        };
        // Small answers must not wait for the client's acknowledgement.
        let _ = stream.set_nodelay(true);
        let router = TowerToHyperService::new(router.clone());
        let proxies = limits.proxies.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            let peer = proxies.peer(peer.ip(), request.headers());
            request.extensions_mut().insert(peer);
            router.call(request)
        });
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    tracing::info!(open = graceful.count(), "stopping: finishing requests under way");
    match tokio::time::timeout(limits.grace, graceful.shutdown()).await {
        Ok(()) => Ok(()),
        Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "requests were cut off at the end of their grace")),
    }
}

/// Ends at the first signal to stop: Ctrl-C, or SIGTERM of a service manager.
///
/// # Panics
/// When the system does not let us listen for signals.
pub async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be listened for");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
