//! `durvis-sandbox`: says in one line of JSON where it listens, and ends on SIGTERM, on Ctrl-C, or when its standard input
//! closes, if it was started for that.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use durvis_sandbox::serve::Listening;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "durvis-sandbox [--http 127.0.0.1:8090] [--smtp 127.0.0.1:2525] [--portal FOLDER] [--with-stdin]";

/// What the command line says.
struct Arguments {
    http: SocketAddr,
    smtp: SocketAddr,
    /// Where the settings of a portal that uses it are written.
    portal: Option<PathBuf>,
    /// Whoever started it holds its standard input open as long as it is needed.
    with_stdin: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match arguments(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(mistake) => {
            eprintln!("durvis-sandbox: {mistake}\n{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("durvis-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut read = Arguments {
        http: SocketAddr::from(([127, 0, 0, 1], 8090)),
        smtp: SocketAddr::from(([127, 0, 0, 1], 2525)),
        portal: None,
        with_stdin: false,
    };
    while let Some(word) = words.next() {
        let place = match word.as_str() {
            "--http" => &mut read.http,
            "--smtp" => &mut read.smtp,
            "--portal" => {
                read.portal = Some(words.next().ok_or("--portal lacks a folder")?.into());
                continue;
            }
            "--with-stdin" => {
                read.with_stdin = true;
                continue;
            }
            other => return Err(format!("{other:?} is not known")),
        };
        let value = words.next().ok_or_else(|| format!("{word} lacks an address"))?;
        *place = value.parse().map_err(|_| format!("{word}: {value:?} is not such as 127.0.0.1:8090"))?;
        if !place.ip().is_loopback() {
            return Err(format!("{word}: {value} is not on loopback, and the sandbox is for nobody else"));
        }
    }
    Ok(read)
}

async fn run(arguments: Arguments) -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let listening = Listening::bind(arguments.http, arguments.smtp).await?;
    let settings = arguments.portal.map(|folder| listening.write_portal(&folder)).transpose()?;
    let told = json!({ "http": listening.origin(), "smtp": listening.smtp().to_string(), "settings": settings });
    writeln!(std::io::stdout(), "{told}")?;
    tokio::select! {
        () = listening.serve() => {}
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
        () = stdin_closed(), if arguments.with_stdin => {}
    }
    // A thread may still wait for the standard input: the runtime must not wait for it.
    std::process::exit(0)
}

/// Reads the standard input away, to its end.
async fn stdin_closed() {
    let (mut input, mut buffer) = (tokio::io::stdin(), [0; 256]);
    while matches!(input.read(&mut buffer).await, Ok(1..)) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, String> {
        arguments(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn addresses_are_of_loopback_only() {
        let right = read("--http 127.0.0.1:0 --smtp [::1]:2526 --portal data --with-stdin").unwrap();
        assert_eq!((right.http.port(), right.smtp.port(), right.with_stdin), (0, 2526, true));
        assert_eq!(right.portal, Some("data".into()));
        for wrong in ["--http 0.0.0.0:80", "--smtp 192.0.2.1:25", "--http", "--http here", "--colour green", "--portal"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
