//! Letters, as a mail program gives them.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use crate::client::Sandbox;

/// A conversation with the mail server.
struct Talk(BufReader<TcpStream>);

impl Talk {
    fn with(sandbox: &Sandbox) -> Self {
        let mut talk = Self(BufReader::new(TcpStream::connect(&sandbox.smtp).unwrap()));
        assert_eq!(talk.answer(), 220);
        talk
    }

    fn say(&mut self, line: &str) -> u16 {
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes()).unwrap();
        self.answer()
    }

    /// The code of an answer, read to its last line.
    fn answer(&mut self) -> u16 {
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).unwrap();
            if line.as_bytes().get(3) == Some(&b' ') {
                return line[..3].parse().unwrap();
            }
        }
    }
}

#[test]
fn a_letter_arrives_as_it_was_written() {
    let sandbox = Sandbox::start();
    let mut talk = Talk::with(&sandbox);
    for (line, code) in [
        ("DATA", 503),
        ("RCPT TO:<anna@epasts.example>", 503),
        ("EHLO portal", 250),
        ("MAIL FROM:<durvis@portals.example> BODY=8BITMIME", 250),
        ("MAIL FROM:<again@portals.example>", 503),
        ("RSET", 250),
        ("MAIL FROM:<durvis@portals.example>", 250),
        ("RCPT TO:<anna@epasts.example>", 250),
        ("RCPT TO:<>", 501),
        ("NOOP", 250),
        ("DANCE", 502),
        ("DATA", 354),
        ("Subject: =?utf-8?b?SsWrc3Uga29kcw==?=\r\n\r\nTas ir\r\n..123456\r\n.", 250),
        ("QUIT", 221),
    ] {
        assert_eq!(talk.say(line), code, "{line}");
    }
    let letters = sandbox.get("/mailbox/messages?to=Anna@epasts.example").json();
    assert_eq!(letters.as_array().unwrap().len(), 1);
    assert_eq!(letters[0]["from"], "durvis@portals.example");
    assert_eq!(
        (letters[0]["subject"].as_str(), letters[0]["text"].as_str()),
        (Some("Jūsu kods"), Some("Tas ir\n.123456\n"))
    );
    assert_eq!(sandbox.get("/mailbox/messages?to=other@epasts.example").json(), serde_json::json!([]));
    assert!(sandbox.get("/mailbox").body.contains("<h2>Jūsu kods</h2>"));
    assert_eq!(sandbox.ask("DELETE", "/mailbox/messages", &[], "").status, 204);
    assert!(sandbox.get("/mailbox").body.contains("There is no letter."));
}

#[test]
fn a_letter_that_is_too_large_is_refused_and_the_next_one_taken() {
    let sandbox = Sandbox::start();
    let mut talk = Talk::with(&sandbox);
    for (size, code) in [(1_100_000, 552), (10, 250)] {
        assert_eq!(talk.say("MAIL FROM:<a@b.example>"), 250);
        assert_eq!(talk.say("RCPT TO:<c@d.example>"), 250);
        assert_eq!(talk.say("DATA"), 354);
        let line = "x".repeat(78) + "\r\n";
        assert_eq!(talk.say(&(line.repeat(size / 80 + 1) + ".")), code);
    }
    assert_eq!(sandbox.get("/mailbox/messages").json().as_array().unwrap().len(), 1);
}
