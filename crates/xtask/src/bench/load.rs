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
const ANSWER: usize = 512 * 1024;

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
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(WAIT))?;
    stream.set_nodelay(true)?;
    let mut buffer = vec![0; ANSWER];
    for _ in 0..REQUESTS_EACH {
        stream.write_all(request.as_bytes())?;
        read_answer(&mut stream, &mut buffer)?;
    }
    Ok(())
}

fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<()> {
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
            return Ok(());
        }
    }
}
