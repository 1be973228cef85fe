//! `durvis` as an operator runs it, and the server as a client meets it on the network.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use crate::support::{SERVICE, content, real_content, written};
use tempfile::TempDir;

fn durvis(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_durvis"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("DURVIS_")) {
        command.env_remove(name);
    }
    command.env("DURVIS_DATABASE_URL", format!("sqlite://{}/x.sqlite?mode=rwc", folder.path().display()));
    command.env("DURVIS_LOG", "warn").current_dir(folder.path());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn check_names_the_mistake_and_fails() {
    let mut files = content();
    files.insert("services/passport.yaml".into(), SERVICE.replace("checked: 2026-11-02", "checked: yesterday"));
    let folder = written(&files);
    let output = durvis(&folder).args(["catalogue", "check", "."]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("services/passport.yaml:16:10: \"yesterday\" is not a date"), "{}", said(&output));
}

#[test]
fn a_container_is_inspected_without_any_setting_and_the_status_says_whether_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let container = |name: &str| {
        let mut made = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, text) in [("mimetype", "application/vnd.etsi.asic-e+zip"), (name, "Jā")] {
            made.start_file(name, stored).unwrap();
            made.write_all(text.as_bytes()).unwrap();
        }
        std::fs::write(folder.path().join("a.asice"), made.finish().unwrap().into_inner()).unwrap();
        let output = durvis(&folder).args(["document", "inspect", "a.asice", "--json"]).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), report["verdict"].as_str().unwrap().to_owned())
    };
    assert_eq!(container("Atbilde.txt"), (Some(0), "unsigned".into()));
    assert_eq!(container("../Atbilde.txt").0, Some(1));
    let missing = durvis(&folder).args(["document", "inspect", "none.asice"]).output().unwrap();
    assert!(missing.status.code() == Some(1) && said(&missing).contains("none.asice"), "{}", said(&missing));
}

#[test]
fn every_wrong_setting_is_named_at_once() {
    let folder = written(&content());
    let output =
        durvis(&folder).arg("serve").env("DURVIS_LISTEN", "here").env("DURVIS_LOG_FORMAT", "xml").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("listen") && said(&output).contains("log_format"), "{}", said(&output));
}

#[test]
fn a_variable_that_is_not_utf_8_is_nobodys_crash() {
    let folder = written(&content());
    let strange = std::ffi::OsStr::from_bytes(b"\xff");
    let migrate = durvis(&folder).arg("migrate").env("SOMEBODY_ELSES", strange).output().unwrap();
    assert!(migrate.status.success(), "{}", said(&migrate));
    let ours = durvis(&folder).arg("migrate").env("DURVIS_LISTEN", strange).output().unwrap();
    assert!(said(&ours).contains("listen ="), "{}", said(&ours));
}

#[test]
fn an_operator_takes_the_catalogue_to_another_portal() {
    let (here, there) = (written(&content()), tempfile::tempdir().unwrap());
    let run = |folder: &TempDir, arguments: &[&str]| {
        let output = durvis(folder).arg("catalogue").args(arguments).output().unwrap();
        (output.status.success(), said(&output))
    };
    assert_eq!(run(&there, &["stats"]), (false, "durvis: the portal is empty\n".into()));
    assert!(run(&here, &["import", "."]).0);
    assert_eq!(run(&here, &["import", "."]), (true, ". is in force already\n".into()));
    let file = there.path().join("export.json").display().to_string();
    assert!(run(&here, &["export", &file]).0);
    assert!(run(&there, &["import", &file]).0);
    assert_eq!(run(&here, &["export"]), run(&there, &["export"]));
    assert_eq!(run(&here, &["stats", "--json"]), run(&there, &["stats", "--json"]));
    assert!(run(&there, &["import", "nowhere"]).1.contains("nothing was changed"));
    assert!(!run(&there, &["search", "--lang", "de"]).0, "a language that the catalogue has not");
}

#[test]
fn the_four_services_of_the_promise_are_found_in_each_language() {
    let folder = tempfile::tempdir().unwrap();
    let import = durvis(&folder).args(["catalogue", "import"]).arg(real_content()).output().unwrap();
    assert!(import.status.success(), "{}", said(&import));
    let stats = durvis(&folder).args(["catalogue", "stats", "--json"]).output().unwrap();
    let stats: serde_json::Value = serde_json::from_slice(&stats.stdout).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        keys(&stats),
        "e_services institutions languages life_events municipal_kinds national places services territories"
    );
    assert_eq!(keys(&stats["e_services"]), "elsewhere here");
    assert!(stats["e_services"]["here"].as_u64().unwrap() + stats["e_services"]["elsewhere"].as_u64().unwrap() >= 350);
    let slugs = ["declare-residence", "passport", "childbirth-allowance", "start-company"];
    for (lang, queries) in [
        ("lv", "deklarēt dzīvesvietu\npase\nberna piedzimsanas pabalsts\nuznemuma dibinasana\n"),
        ("ru", "прописка\nпаспорт\nпособие при рождении ребенка\nоткрыть фирму\n"),
        ("en", "declare residence\npassport\nchildbirth allowance\nstart a company\n"),
        ("lv", "dzīvesvietas deklarēšana\npase\nbērna piedzimšanas pabalsts\nuzņēmuma dibināšana\n"),
        ("ru", "декларирование места жительства\nпаспорт\nпособие в связи с рождением ребёнка\nсоздание предприятия\n"),
        ("en", "declare a residence\npassport\nchildbirth allowance\nstart a company\n"),
    ] {
        let mut search = durvis(&folder);
        search
            .args(["catalogue", "search", "--lang", lang, "--limit", "3"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut search = search.spawn().unwrap();
        search.stdin.take().unwrap().write_all(queries.as_bytes()).unwrap();
        let output = search.wait_with_output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 4);
        for (line, slug) in text.lines().zip(slugs) {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let hits = line["hits"].as_array().unwrap();
            assert!(hits.iter().any(|hit| hit["slug"] == slug), "{lang}: {line}");
        }
    }
}

#[test]
fn broken_content_leaves_the_last_good_catalogue_served_and_a_stop_finishes_requests_under_way() {
    let folder = written(&content());
    std::fs::create_dir_all(folder.path().join("dist/shell")).unwrap();
    assert!(durvis(&folder).args(["catalogue", "import", "."]).status().unwrap().success());
    std::fs::write(folder.path().join("services/passport.yaml"), "name: [").unwrap();
    let probe = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = probe.local_addr().unwrap();
    drop(probe);
    let mut serve = durvis(&folder);
    serve.arg("serve").env("DURVIS_LISTEN", address.to_string()).env("DURVIS_CONTENT", ".").stderr(Stdio::piped());
    let mut server = serve.spawn().unwrap();
    let mut stream = connect(address);
    stream.write_all(b"GET /api/v1/services/passport HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = [0; 4_096];
    let read = stream.read(&mut answer).unwrap();
    assert!(answer[..read].starts_with(b"HTTP/1.1 200"), "the last good one");

    let head = "POST /api/v1/reports HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 32\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    // Sent when the handler asks for the body: the request is under way.
    let read = stream.read(&mut answer).unwrap();
    assert!(answer[..read].starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&answer[..read]));
    stream.write_all(b"{\"message\":").unwrap();
    assert!(Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap().success());
    stream.write_all(b"\"boom\",\"path\":\"/lv\"}\n").unwrap();
    let read = stream.read(&mut answer).unwrap();
    assert!(answer[..read].starts_with(b"HTTP/1.1 204"), "{}", String::from_utf8_lossy(&answer[..read]));
    assert!(server.wait().unwrap().success());
    let mut log = String::new();
    server.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("CONTENT NOT TAKEN") && log.contains("services/passport.yaml:1"), "{log}");
}

/// Once it listens; waits ten seconds at most.
fn connect(address: std::net::SocketAddr) -> TcpStream {
    for _ in 0..200 {
        if let Ok(stream) = TcpStream::connect(address) {
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            return stream;
        }
        std::thread::park_timeout(Duration::from_millis(50));
    }
    panic!("nothing listens on {address}");
}
