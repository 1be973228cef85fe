//! The server is killed while fifty citizens send, again and again: what a citizen was told is true afterwards.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use durvis_server::db;
use durvis_server::outbound::Outbound;
use openidconnect::http::Request;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{content_with_e_services, site, written};

const CITIZENS: usize = 50;
const ROUNDS: usize = 6;

/// A server of one's own, as an operator runs it.
struct Served {
    child: Arc<Mutex<Child>>,
    origin: String,
}

fn command(folder: &TempDir, site: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_durvis"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("DURVIS_")) {
        command.env_remove(name);
    }
    command.env("DURVIS_DATABASE_URL", format!("sqlite://{}/x.sqlite?mode=rwc", folder.path().display()));
    command.env("DURVIS_SITE", site.path()).env("DURVIS_CONTENT", folder.path());
    // Each citizen comes from an address of their own.
    command.env("DURVIS_LISTEN", "127.0.0.1:0").env("DURVIS_PROXIES", "127.0.0.1");
    command.env("DURVIS_LOG", "info").env("DURVIS_LOG_FORMAT", "json").current_dir(site.path());
    command
}

impl Served {
    fn start(folder: &TempDir, site: &TempDir) -> Self {
        let mut child = command(folder, site).arg("serve").stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.by_ref().find_map(|line| {
            let told: Value = serde_json::from_str(&line.unwrap()).unwrap_or_default();
            told["address"].as_str().map(str::to_owned)
        });
        // Nobody reads on; the server must not wait for it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child: Arc::new(Mutex::new(child)), origin: format!("http://{}", address.unwrap()) }
    }

    /// As `kill -9`.
    fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a hint under that id; the number of the receipt, or none where nothing came back.
async fn send(http: &Outbound, origin: &str, id: &str) -> Option<String> {
    let body = json!({"e_service": "hint", "version": 1, "revision": 0, "terms_accepted": false, "answers": {"what": "Bedre"}});
    let address = format!(
        "10.{}.{}.{}",
        u8::from_str_radix(&id[..2], 16).unwrap(),
        id.len(),
        usize::from_str_radix(&id[2..6], 16).unwrap() % 250
    );
    let request = Request::post(format!("{origin}/api/v1/uses/{id}/send")).header("x-forwarded-for", address);
    let request = request.header("content-type", "application/json").body(body.to_string().into_bytes()).unwrap();
    let answer = http.send(request).await.ok()?;
    assert_eq!(answer.status().as_u16(), 200, "{}", String::from_utf8_lossy(answer.body()));
    let told: Value = serde_json::from_slice(answer.body()).unwrap();
    Some(told["number"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_receipt_that_was_shown_exists_and_each_submission_once() {
    let (folder, site) = (written(&content_with_e_services()), site());
    let http = Outbound::new().unwrap();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let shown: Arc<Mutex<BTreeMap<String, String>>> = Arc::default();
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    for round in 0..ROUNDS {
        let served = Arc::new(Served::start(&folder, &site));
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        // It dies when so many were told; others are under way then, wherever they are.
        let enough = 20 + (random % 150) as usize;
        let told = Arc::new(AtomicUsize::new(0));
        let citizens = (0..CITIZENS).map(|citizen| {
            let (served, http, told) = (served.clone(), http.clone(), told.clone());
            let (asked, shown) = (asked.clone(), shown.clone());
            tokio::spawn(async move {
                for number in 0.. {
                    let id = format!("{citizen:02x}{number:04x}{round:026x}");
                    asked.lock().unwrap().push(id.clone());
                    let Some(receipt) = send(&http, &served.origin, &id).await else { return };
                    shown.lock().unwrap().insert(id, receipt);
                    if told.fetch_add(1, Ordering::SeqCst) == enough {
                        served.kill();
                    }
                }
            })
        });
        for citizen in citizens.collect::<Vec<_>>() {
            citizen.await.unwrap();
        }
        assert!(told.load(Ordering::SeqCst) >= enough);
    }
    let (asked, shown) = (asked.lock().unwrap().clone(), shown.lock().unwrap().clone());
    assert!(asked.len() > shown.len(), "some were cut off");

    // Everybody tries again, as the app does, with the id that they had.
    let served = Served::start(&folder, &site);
    let mut numbers = BTreeMap::new();
    for id in &asked {
        let number = send(&http, &served.origin, id).await.expect("the server stands");
        assert_eq!(shown.get(id).unwrap_or(&number), &number, "the receipt that was shown");
        numbers.insert(id.clone(), number);
    }
    drop(served);
    let database = db::connect(&format!("sqlite://{}/x.sqlite", folder.path().display())).await.unwrap();
    let rows = db::service_use::Entity::find().all(&database).await.unwrap();
    assert_eq!(rows.len(), asked.len(), "each once");
    assert!(rows.iter().all(|row| row.state == "sent" && numbers.contains_key(&row.id)));
    let different: std::collections::BTreeSet<_> = numbers.values().collect();
    assert_eq!(different.len(), numbers.len());
    let log = command(&folder, &site).args(["audit", "verify"]).output().unwrap();
    assert!(log.status.success(), "{}", String::from_utf8_lossy(&log.stderr));
}
