//! The listeners: HTTP, where an answer may be to hang up, and SMTP.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::mailbox::smtp;
use crate::misbehave::Dropped;
use crate::portal;
use crate::world::World;

/// Most connections at once, for each of the listeners.
const MAX_CONNECTIONS: usize = 256;
/// After a failed accept: wait instead of spinning.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// A sandbox that is bound to its addresses.
#[derive(Debug)]
pub struct Listening {
    http: TcpListener,
    smtp: TcpListener,
    world: Arc<World>,
}

impl Listening {
    /// Binds both.
    ///
    /// # Errors
    /// When an address is taken.
    pub async fn bind(http: SocketAddr, smtp: SocketAddr) -> io::Result<Self> {
        let (http, smtp) = (TcpListener::bind(http).await?, TcpListener::bind(smtp).await?);
        let world = Arc::new(World::new(http.local_addr()?, smtp.local_addr()?));
        Ok(Self { http, smtp, world })
    }

    /// Writes the settings of a portal that uses it; see [`portal::write`].
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn write_portal(&self, folder: &Path) -> io::Result<PathBuf> {
        portal::write(&self.world, folder)
    }

    /// Where HTTP is spoken.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.world.origin
    }

    /// Where SMTP is spoken.
    #[must_use]
    pub fn smtp(&self) -> SocketAddr {
        self.world.smtp
    }

    /// Serves without end.
    pub async fn serve(self) {
        let Self { http, smtp, world } = self;
        let router = crate::router(&world);
        tokio::join!(
            accept(http, |stream| spoken(stream, router.clone())),
            accept(smtp, |stream| smtp::converse(stream, world.clone()))
        );
    }
}

async fn accept<F>(listener: TcpListener, talk: impl Fn(tokio::net::TcpStream) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_AGAIN).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let talk = talk(stream);
        tokio::spawn(async move {
            talk.await;
            drop(place);
        });
    }
}

/// One connection that speaks HTTP.
async fn spoken(stream: tokio::net::TcpStream, router: Router) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let answer = router.call(request);
        async move {
            let Ok(answer) = answer.await;
            match answer.extensions().get::<Dropped>() {
                Some(Dropped) => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
                None => Ok(answer),
            }
        }
    });
    let http = hyper::server::conn::http1::Builder::new();
    // How a client hangs up is its own affair.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}
