//! Requests a second over kept connections, on loopback: a fixed number, on a fixed number of connections.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

const CONNECTIONS: usize = 16;
const REQUESTS_EACH: usize = 1_500;
const WAIT: Duration = Duration::from_secs(10);
/// Head and body of the largest answer, with room to spare over `size::INDEX`.
pub(super) const ANSWER: usize = 512 * 1024;

/// How long requests took.
pub(crate) struct Latencies {
    pub(crate) count: usize,
    pub(crate) p50: Duration,
    pub(crate) p95: Duration,
    pub(crate) max: Duration,
}

impl Latencies {
    /// Of some requests.
    pub(super) fn of(mut all: Vec<Duration>) -> Result<Self> {
        all.sort_unstable();
        let at = |part: usize| all.get((all.len() * part / 100).min(all.len().saturating_sub(1))).copied();
        let max = all.last().copied().context("no request")?;
        Ok(Self { count: all.len(), p50: at(50).context("one")?, p95: at(95).context("one")?, max })
    }
}

/// One request after the other on one connection; the first few warm up and do not count.
pub(super) fn latencies(address: &str, path: &str, head: &str, times: usize) -> Result<Latencies> {
    let mut stream = connect(address)?;
    let mut buffer = vec![0; ANSWER];
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{head}\r\n");
    let mut took = Vec::new();
    for number in 0..times + times / 10 {
        let started = Instant::now();
        stream.write_all(request.as_bytes())?;
        read_answer(&mut stream, &mut buffer)?;
        if number >= times / 10 {
            took.push(started.elapsed());
        }
    }
    Latencies::of(took)
}

/// A connection whose reads are bounded.
pub(super) fn connect(address: &str) -> Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(WAIT))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Asks for one path again and again, with more lines in the head where there are any, each ended.
pub(super) fn requests_a_second(address: &str, path: &str, head: &str) -> Result<f64> {
    let started = Instant::now();
    let threads: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let address = address.to_owned();
            let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\naccept-encoding: br\r\n{head}\r\n");
            thread::spawn(move || one_connection(&address, &request))
        })
        .collect();
    for thread in threads {
        thread.join().expect("a connection does not panic")?;
    }
    Ok((CONNECTIONS * REQUESTS_EACH) as f64 / started.elapsed().as_secs_f64())
}

fn one_connection(address: &str, request: &str) -> Result<()> {
    let mut stream = connect(address)?;
    let mut buffer = vec![0; ANSWER];
    for _ in 0..REQUESTS_EACH {
        stream.write_all(request.as_bytes())?;
        read_answer(&mut stream, &mut buffer)?;
    }
    Ok(())
}

/// Reads one whole answer, which says 200; how many bytes of the buffer it has.
pub(super) fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<usize> {
    let mut have = 0;
    loop {
        let read = stream.read(&mut buffer[have..])?;
        if read == 0 {
            bail!("the connection ended");
        }
        have += read;
        let Some(end) = buffer[..have].windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
        if !head.starts_with("http/1.1 200") {
            bail!("{}", head.lines().next().unwrap_or_default());
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.context("an answer without length")?.trim().parse()?;
        if have >= end + 4 + length {
            return Ok(have);
        }
    }
}
