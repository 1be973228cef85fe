//! Open workspaces: streams of events that stay open, and requests at a steady pace.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::load::{Latencies, connect, read_answer};

/// Threads that ask; each asks for some of the citizens.
const ASKING: usize = 10;
/// How often one that waits for an event looks.
const LOOK: Duration = Duration::from_millis(20);

/// Whose workspace is open, and where.
#[derive(Clone)]
pub(super) struct Citizen {
    pub(super) address: String,
    /// More lines of the head, each ended.
    pub(super) head: String,
}

/// A stream of events.
pub(super) struct Stream(TcpStream);

impl Stream {
    /// Opens one, and waits for its head.
    pub(super) fn open(citizen: &Citizen) -> Result<Self> {
        let mut stream = connect(&citizen.address)?;
        let (address, head) = (&citizen.address, &citizen.head);
        let request = format!("GET /api/v1/notices/events HTTP/1.1\r\nhost: {address}\r\n{head}\r\n");
        stream.write_all(request.as_bytes())?;
        let mut buffer = [0; 4_096];
        let read = stream.read(&mut buffer)?;
        let answer = String::from_utf8_lossy(&buffer[..read]);
        if !answer.starts_with("HTTP/1.1 200") {
            bail!("no stream: {}", answer.lines().next().unwrap_or_default());
        }
        Ok(Self(stream))
    }

    /// Whether an event of a notice comes, sooner or later, within that long.
    pub(super) fn hears(&mut self, within: Duration) -> Result<bool> {
        self.0.set_read_timeout(Some(LOOK))?;
        let (until, mut heard) = (Instant::now() + within, String::new());
        let mut buffer = [0; 4_096];
        while Instant::now() < until {
            match self.0.read(&mut buffer) {
                Ok(0) => bail!("the stream ended"),
                Ok(read) => heard.push_str(&String::from_utf8_lossy(&buffer[..read])),
                Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                }
                Err(error) => return Err(error.into()),
            }
            if heard.contains("data:") {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Asks for the paths in turn, for the citizens in turn, so many times a second.
pub(super) fn load(citizens: &[Citizen], paths: &[&str], a_second: u32, long: Duration) -> Result<Latencies> {
    let every = Duration::from_secs(1) / a_second * ASKING as u32;
    let started = Instant::now();
    let threads: Vec<_> = (0..ASKING)
        .map(|number| {
            let own: Vec<Citizen> = citizens.iter().skip(number).step_by(ASKING).cloned().collect();
            let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
            let first = started + every / ASKING as u32 * number as u32;
            thread::spawn(move || ask(&own, &paths, (first, every, started + long)))
        })
        .collect();
    let mut all = Vec::new();
    for thread in threads {
        all.extend(thread.join().expect("asking does not panic")?);
    }
    Latencies::of(all)
}

/// On a connection for each citizen, at a pace that does not wait for slow answers' sake: what is late is asked at once.
fn ask(
    own: &[Citizen],
    paths: &[String],
    (first, every, until): (Instant, Duration, Instant),
) -> Result<Vec<Duration>> {
    let mut open = own.iter().map(|citizen| connect(&citizen.address)).collect::<Result<Vec<_>>>()?;
    let mut buffer = vec![0; super::load::ANSWER];
    let mut took = Vec::new();
    let mut next = first;
    for number in 0.. {
        if next >= until {
            break;
        }
        thread::sleep(next.saturating_duration_since(Instant::now()));
        let (at, path) = (number % own.len(), &paths[number % paths.len()]);
        let Citizen { address, head } = &own[at];
        let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{head}\r\n");
        // From when it should have been asked: a server that stalls is not let off.
        open[at].write_all(request.as_bytes())?;
        read_answer(&mut open[at], &mut buffer)?;
        took.push(next.elapsed());
        next += every;
    }
    Ok(took)
}

/// An institution's program takes a case: the citizen is told.
pub(super) fn take_case(address: &str, [id, secret]: &[String; 2], case: &str) -> Result<()> {
    let basic = base64(&format!("{id}:{secret}"));
    let form = ("application/x-www-form-urlencoded", "grant_type=client_credentials");
    let token = post(address, "/api/v1/desk/token", &format!("Basic {basic}"), form)?;
    let token: serde_json::Value = serde_json::from_str(&token)?;
    let token = token["access_token"].as_str().context("a token")?;
    let step =
        r#"{"id": "00000000000000000000000000000001", "revision": 1, "officer": "Bench", "step": {"kind": "take"}}"#;
    let path = format!("/api/v1/desk/cases/{case}/steps");
    post(address, &path, &format!("Bearer {token}"), ("application/json", step)).map(drop)
}

/// The body of what a request answers.
fn post(address: &str, path: &str, who: &str, (kind, body): (&str, &str)) -> Result<String> {
    let mut stream = connect(address)?;
    let head =
        format!("host: {address}\r\nauthorization: {who}\r\ncontent-type: {kind}\r\ncontent-length: {}", body.len());
    stream.write_all(format!("POST {path} HTTP/1.1\r\n{head}\r\n\r\n{body}").as_bytes())?;
    let mut buffer = vec![0; super::load::ANSWER];
    let have = read_answer(&mut stream, &mut buffer)?;
    let answer = String::from_utf8_lossy(&buffer[..have]).into_owned();
    Ok(answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}

/// RFC 4648, for what has no letters beyond ASCII.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut coded = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize] as char;
            coded.push(if place <= three.len() { letter } else { '=' });
        }
    }
    coded
}
