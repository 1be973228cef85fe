//! The listener on a real port: what it holds clients to, and how it stops. Where a limit would make a test
//! wait, the test sets a shorter one; every read ends after ten seconds at the latest.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use durvis_server::serve::{Limits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::Portal;

const REPORT: &str = r#"{"message":"boom","path":"/lv"}"#;
const PATIENCE: Duration = Duration::from_secs(10);

/// A portal on a port of its own.
struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
    _portal: Portal,
}

impl Served {
    async fn with(limits: Limits) -> Self {
        let portal = Portal::open().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopped = async { stopped.await.unwrap() };
        let ended = tokio::spawn(serve(listener, portal.router(), stopped, limits));
        Self { address, stop, ended, _portal: portal }
    }

    /// A client that has sent this much.
    async fn client(&self, sent: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(sent.as_bytes()).await.unwrap();
        stream
    }

    /// A client whose report is under way: the server waits for the second half of its body.
    async fn half_a_report(&self) -> TcpStream {
        let length = REPORT.len();
        let head =
            format!("POST /api/v1/reports HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: {length}");
        let mut stream = self.client(&(head + "\r\n\r\n")).await;
        // It is sent when the handler asks for the body, not before.
        assert!(until(&mut stream, "\r\n\r\n").await.starts_with("HTTP/1.1 100"));
        stream.write_all(&REPORT.as_bytes()[..length / 2]).await.unwrap();
        stream
    }

    /// How serving ended, after it was told to stop.
    async fn stopped(self) -> std::io::Result<()> {
        self.stop.send(()).unwrap();
        tokio::time::timeout(PATIENCE, self.ended).await.expect("it ends").unwrap()
    }
}

/// Reads until this text has come, or the server has closed.
async fn until(stream: &mut TcpStream, text: &str) -> String {
    let mut read = Vec::new();
    loop {
        let mut part = [0; 4_096];
        let count = tokio::time::timeout(PATIENCE, stream.read(&mut part)).await.expect("an answer or an end");
        // A client that was cut off may find the connection reset.
        let count = count.unwrap_or(0);
        read.extend_from_slice(&part[..count]);
        let so_far = String::from_utf8_lossy(&read);
        if count == 0 || so_far.contains(text) {
            return so_far.into_owned();
        }
    }
}

/// What comes until the server closes.
async fn to_the_end(stream: &mut TcpStream) -> String {
    until(stream, "\u{0}").await
}

#[tokio::test]
async fn a_stop_finishes_the_request_under_way_and_lets_nobody_in() {
    let served = Served::with(Limits::default()).await;
    let mut citizen = served.half_a_report().await;
    served.stop.send(()).unwrap();
    // Until the door is shut, the system still takes a connection, which nobody answers.
    let mut attempts = 0..10_000;
    while TcpStream::connect(served.address).await.err().map(|error| error.kind()) != Some(ErrorKind::ConnectionRefused)
    {
        assert!(attempts.next().is_some(), "the door stays open");
        tokio::task::yield_now().await;
    }
    citizen.write_all(&REPORT.as_bytes()[REPORT.len() / 2..]).await.unwrap();
    assert!(to_the_end(&mut citizen).await.starts_with("HTTP/1.1 204"));
    tokio::time::timeout(PATIENCE, served.ended).await.expect("it ends").unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_never_ends_is_cut_off_and_the_operator_told() {
    let served = Served::with(Limits { grace: Duration::from_millis(50), ..Limits::default() }).await;
    let _citizen = served.half_a_report().await;
    assert_eq!(served.stopped().await.unwrap_err().kind(), ErrorKind::TimedOut);
}

#[tokio::test]
async fn a_client_that_rests_or_a_full_house_does_not_delay_a_stop() {
    let minute = Duration::from_secs(60);
    let served =
        Served::with(Limits { connections: 1, headers_within: minute, grace: minute, ..Limits::default() }).await;
    let mut resting = served.client("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(until(&mut resting, "live").await.starts_with("HTTP/1.1 200"));
    let _waiting = served.client("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").await;
    served.stopped().await.unwrap();
}

#[tokio::test]
async fn a_client_that_never_finishes_its_headers_is_disconnected() {
    let served = Served::with(Limits { headers_within: Duration::from_millis(50), ..Limits::default() }).await;
    let mut slow = served.client("GET /lv HTTP/1.1\r\nhost:").await;
    let said = to_the_end(&mut slow).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 408"), "{said}");
    let mut idle = served.client("").await;
    to_the_end(&mut idle).await;
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let served = Served::with(Limits::default()).await;
    let mut client = TcpStream::connect(served.address).await.unwrap();
    let head = format!("GET /lv HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n", "a".repeat(64 * 1024));
    // The server may close before it has read all of it.
    let _ = client.write_all(head.as_bytes()).await;
    let said = to_the_end(&mut client).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431"), "{said}");
    let mut next = served.client("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(until(&mut next, "live").await.starts_with("HTTP/1.1 200"), "others are served");
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let served = Served::with(Limits::default()).await;
    for nonsense in
        ["\u{16}\u{3}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET /lv\u{1} HTTP/1.1\r\n\r\n", "GET /lv HTTP/9.9\r\n\r\n"]
    {
        let mut client = served.client(nonsense).await;
        let said = to_the_end(&mut client).await;
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 400"), "{nonsense:?}: {said}");
    }
}
