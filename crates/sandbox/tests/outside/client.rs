//! A sandbox of one's own, and a small HTTP client to ask it with.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// A running sandbox; it ends with the test.
pub struct Sandbox {
    child: Child,
    pub origin: String,
    pub smtp: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// A parameter of the place that the browser is sent to.
    pub fn sent_with(&self, name: &str) -> Option<String> {
        let query = self.header("location").split_once('?')?.1;
        let (_, value) = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(own, _)| *own == name)?;
        Some(percent_decode_str(value).decode_utf8().unwrap().into_owned())
    }
}

impl Sandbox {
    pub fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_durvis-sandbox"))
            .args(["--http", "127.0.0.1:0", "--smtp", "127.0.0.1:0", "--with-stdin"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        let one = |name: &str| told[name].as_str().unwrap().to_owned();
        Self { origin: one("http"), smtp: one("smtp"), child }
    }

    /// Closes its standard input, and waits for its end.
    pub fn end(&mut self) -> bool {
        drop(self.child.stdin.take());
        self.child.wait().unwrap().success()
    }

    /// Asks; none when the connection is closed without an answer.
    pub fn try_ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.origin.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
        );
        stream.write_all((head + body).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let (first, headers) = head.split_once("\r\n").unwrap();
        let headers = headers.lines().filter_map(|line| line.split_once(": "));
        Some(Answer {
            status: first.split(' ').nth(1).unwrap().parse().unwrap(),
            headers: headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect(),
            body: body.to_owned(),
        })
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.try_ask(method, path, headers, body).unwrap_or_else(|| panic!("{method} {path} has no answer"))
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// Sends a form.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers: Vec<(&str, &str)> = headers.iter().copied().chain([kind]).collect();
        self.ask("POST", path, &headers, &form(fields))
    }

    pub fn misbehave(&self, rule: &Value) {
        let answer = self.ask("POST", "/misbehave", &[("content-type", "application/json")], &rule.to_string());
        assert_eq!(answer.status, 204, "{}", answer.body);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Fields as a form or a query writes them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let written = |(name, value): &(&str, &str)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC));
    fields.iter().map(written).collect::<Vec<_>>().join("&")
}
