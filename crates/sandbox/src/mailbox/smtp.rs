//! A mail server (RFC 5321) that takes every letter and sends none on.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::world::World;

/// Longest line, in bytes; the protocol asks for 1,000.
const MAX_LINE: usize = 4_096;
/// Longest letter, in bytes.
const MAX_LETTER: usize = 1024 * 1024;
/// Most people whom a letter is for.
const MAX_TO: usize = 50;
/// Most commands of a connection.
const MAX_COMMANDS: usize = 1_000;
/// How long a client may think.
const LINE_WITHIN: Duration = Duration::from_secs(60);

/// A conversation that ends early: the client is gone, too slow, or says too much.
struct Ended;

impl From<std::io::Error> for Ended {
    fn from(_: std::io::Error) -> Self {
        Self
    }
}

/// The letter that is being given.
#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

/// Talks with one client to its end.
pub async fn converse(stream: TcpStream, world: Arc<World>) {
    // How a client hangs up is its own affair.
    let _ = talk(BufReader::new(stream), &world).await;
}

async fn talk(mut stream: BufReader<TcpStream>, world: &World) -> Result<(), Ended> {
    say(&mut stream, "220 sandbox ESMTP").await?;
    let mut envelope = Envelope::default();
    for _ in 0..MAX_COMMANDS {
        let line = line(&mut stream).await?;
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = match command.to_ascii_uppercase().as_str() {
            "HELO" => {
                envelope = Envelope::default();
                "250 sandbox"
            }
            "EHLO" => {
                envelope = Envelope::default();
                "250-sandbox\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 1048576"
            }
            "MAIL" => match address(rest, "FROM:") {
                Some(from) if envelope.from.is_none() => {
                    envelope.from = Some(from);
                    "250 OK"
                }
                Some(_) => "503 There is a sender already",
                None => "501 MAIL FROM:<address>",
            },
            "RCPT" => match address(rest, "TO:") {
                _ if envelope.from.is_none() => "503 MAIL comes first",
                None => "501 RCPT TO:<address>",
                Some(to) if to.is_empty() => "501 RCPT TO:<address>",
                Some(_) if envelope.to.len() >= MAX_TO => "452 Too many recipients",
                Some(to) => {
                    envelope.to.push(to);
                    "250 OK"
                }
            },
            "DATA" if envelope.to.is_empty() => "503 RCPT comes first",
            "DATA" => {
                say(&mut stream, "354 End with a line that is a dot").await?;
                let Envelope { from, to } = std::mem::take(&mut envelope);
                match letter(&mut stream).await? {
                    Some(letter) => {
                        let id = world.mailbox.take(from.unwrap_or_default(), to, &letter);
                        say(&mut stream, &format!("250 OK {id}")).await?;
                        continue;
                    }
                    None => "552 The letter is too large",
                }
            }
            "RSET" => {
                envelope = Envelope::default();
                "250 OK"
            }
            "NOOP" => "250 OK",
            "VRFY" => "252 Whoever that is",
            "QUIT" => {
                say(&mut stream, "221 Bye").await?;
                return Ok(());
            }
            _ => "502 Not known here",
        };
        say(&mut stream, answer).await?;
    }
    say(&mut stream, "421 Too many commands").await
}

async fn say(stream: &mut BufReader<TcpStream>, answer: &str) -> Result<(), Ended> {
    let answer = format!("{answer}\r\n");
    timeout(LINE_WITHIN, stream.write_all(answer.as_bytes())).await.map_err(|_| Ended)??;
    Ok(())
}

/// A line with its end.
async fn line(stream: &mut BufReader<TcpStream>) -> Result<Vec<u8>, Ended> {
    let mut line = Vec::new();
    let mut bounded = stream.take(MAX_LINE as u64);
    timeout(LINE_WITHIN, bounded.read_until(b'\n', &mut line)).await.map_err(|_| Ended)??;
    if line.ends_with(b"\n") { Ok(line) } else { Err(Ended) }
}

/// A letter, without the dots that were put before dots; none if it is too large, once it was read to its end.
async fn letter(stream: &mut BufReader<TcpStream>) -> Result<Option<Vec<u8>>, Ended> {
    let (mut letter, mut over) = (Vec::new(), 0);
    loop {
        let line = line(stream).await?;
        if line == b".\r\n" || line == b".\n" {
            return Ok((over == 0).then_some(letter));
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        if letter.len() + line.len() > MAX_LETTER {
            over += line.len();
        } else if over == 0 {
            letter.extend_from_slice(line);
        }
        if over > 8 * MAX_LETTER {
            return Err(Ended);
        }
    }
}

/// What stands between the angle brackets.
fn address(rest: &str, word: &str) -> Option<String> {
    let given = rest.get(..word.len()).filter(|given| given.eq_ignore_ascii_case(word))?;
    let (address, _) = rest[given.len()..].trim_start().strip_prefix('<')?.split_once('>')?;
    Some(address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_between_brackets() {
        assert_eq!(address("FROM:<a@b.example> BODY=8BITMIME", "FROM:").as_deref(), Some("a@b.example"));
        assert_eq!(address("from: <>", "FROM:").as_deref(), Some(""));
        for wrong in ["", "TO:<a@b>", "FROM:a@b", "FROM:<a@b", "FRO"] {
            assert_eq!(address(wrong, "FROM:"), None, "{wrong}");
        }
    }
}
