//! What the server is measured against: axum with one handler and one body. `cargo run --release --example bare PORT BYTES`.

use axum::Router;
use axum::body::Bytes;
use axum::routing::get;

#[tokio::main]
async fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|number| number.parse().ok()).collect();
    let [port, bytes] = numbers[..] else { panic!("usage: bare PORT BYTES") };
    let body = Bytes::from(vec![b'x'; bytes]);
    let router = Router::new().route("/", get(move || async move { body }));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port as u16)).await.expect("a free port");
    axum::serve(listener, router).await.expect("it serves until it is ended");
}
