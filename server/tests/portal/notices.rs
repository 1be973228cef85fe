//! Notices: in the app at once, by e-mail when wanted, each letter once; whatever happens to the mail server and to ours.

use std::time::Duration;

use durvis_contract::notice::NoticeKind;
use durvis_server::db::{bill, notice};
use durvis_server::notices::letters::send_due;
use durvis_server::notices::live::{Streams, look};
use durvis_server::post::Post;
use futures_util::{FutureExt, StreamExt};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::sign_in::outside::{Browser, Town};

const MAIL: &str = "anna@epasts.example";
const FROM: &str = "Durvis <durvis@portals.example>";

/// Somebody with a verified address.
pub async fn reached<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser.ask("PUT", "/api/v1/contact/email", json!({ "email": MAIL })).await;
    let letters = letters(town).await;
    let text = letters[0]["text"].as_str().unwrap().to_owned();
    let code = text.split(|letter: char| !letter.is_ascii_digit()).find(|part| part.len() == 6).unwrap();
    browser.ask("POST", "/api/v1/contact/email/code", json!({ "code": code })).await.json();
    town.sandbox.ask("DELETE", "/mailbox/messages", "").await;
    browser
}

pub async fn letters(town: &Town) -> Vec<Value> {
    town.sandbox.ask("GET", &format!("/mailbox/messages?to={MAIL}"), "").await.json().as_array().unwrap().clone()
}

/// Sends what makes a bill, and so a notice; the id of the bill.
pub async fn billed(browser: &mut Browser<'_>, number: u32) -> String {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    let sent = browser.ask("POST", &format!("/api/v1/uses/{number:032x}/send"), draft).await.json();
    sent["bill"].as_str().unwrap().to_owned()
}

async fn mail_states(town: &Town) -> Vec<(String, i32)> {
    let rows = notice::Entity::find().all(&town.app.db).await.unwrap();
    rows.into_iter().map(|row| (row.mail, row.mail_tries)).collect()
}

#[tokio::test]
async fn what_happens_is_told_in_the_app_and_by_a_letter_once() {
    let town = Town::open().await;
    let mut browser = reached(&town, "adult").await;
    let mut other = town.browser();
    other.sign_in("eid", "pensioner", "/lv").await;
    let bill = billed(&mut browser, 1).await;
    let told = browser.get("/api/v1/notices?lang=en").await.json();
    assert_eq!((&told["unread"], &told["items"][0]["kind"]), (&json!(1), &json!("bill_made")));
    assert_eq!((&told["items"][0]["about"], &told["items"][0]["title"]), (&json!(bill), &json!("Ordering a passport")));
    assert_eq!(other.get("/api/v1/notices").await.json(), json!({"items": [], "unread": 0}));

    assert_eq!(send_due(&town.app).await.unwrap(), 1);
    assert_eq!(send_due(&town.app).await.unwrap(), 0);
    let came = letters(&town).await;
    assert_eq!(came.len(), 1);
    let text = came[0]["text"].as_str().unwrap();
    assert!(text.contains("Pases pasūtīšana") && text.contains(&format!("/lv/bills/{bill}")), "{text}");
    assert!(!text.contains("Iespējams"), "it comes for the first time: {text}");
    assert!(came[0]["subject"].as_str().unwrap().starts_with("Durvis: rēķins"), "{came:?}");

    // What others have read, or not come to yet, stays.
    let id = &told["items"][0]["id"];
    assert_eq!(other.ask("PUT", "/api/v1/notices/read", json!({ "id": id })).await.status, 204);
    assert_eq!(browser.get("/api/v1/notices").await.json()["unread"], 1);
    billed(&mut browser, 2).await;
    assert_eq!(browser.ask("PUT", "/api/v1/notices/read", json!({ "id": id })).await.status, 204);
    let told = browser.get("/api/v1/notices").await.json();
    assert_eq!((&told["unread"], &told["items"][1]["read"]), (&json!(1), &json!(true)));
}

#[tokio::test]
async fn who_wants_no_letter_gets_none() {
    let town = Town::open().await;
    let mut browser = reached(&town, "adult").await;
    let mut contact = browser.get("/api/v1/contact").await.json();
    contact["by_mail"]["bills"] = json!(false);
    let change = json!({"phone": null, "lang": "ru", "by_mail": contact["by_mail"]});
    browser.ask("PUT", "/api/v1/contact", change).await.json();
    billed(&mut browser, 1).await;
    assert_eq!(send_due(&town.app).await.unwrap(), 0);
    assert_eq!(mail_states(&town).await, [("none".to_owned(), 1)]);
    assert!(letters(&town).await.is_empty());
    assert_eq!(browser.get("/api/v1/notices").await.json()["unread"], 1, "in the app it is told all the same");
}

#[tokio::test]
async fn who_wants_no_more_letters_says_so_without_signing_in() {
    let town = Town::open().await;
    let mut browser = reached(&town, "adult").await;
    billed(&mut browser, 1).await;
    assert_eq!(send_due(&town.app).await.unwrap(), 1);
    let came = letters(&town).await;
    let text = came[0]["text"].as_str().unwrap();
    let raw = came[0]["raw"].as_str().unwrap().replace("\r\n ", " ");
    let link = text.split_whitespace().find(|word| word.contains("/letters/")).unwrap();
    let path = link.split_once("/letters/").map(|(_, token)| format!("/letters/{token}")).unwrap();
    assert!(raw.contains(&format!("List-Unsubscribe: <{link}>")) && raw.contains("List-Unsubscribe-Post"), "{raw}");
    let mut stranger = town.browser();
    assert_eq!(stranger.get(&path).await.header("location"), format!("/lv{path}"), "our page asks first");
    stranger.ask("POST", "/letters/nobody.0", Value::Null).await.problem(404, "not-found");
    let forged = format!("{}0", &path[..path.len() - 1]);
    let forged = if forged == path { format!("{}1", &path[..path.len() - 1]) } else { forged };
    stranger.ask("POST", &forged, Value::Null).await.problem(404, "not-found");
    assert_eq!(stranger.ask("POST", &path, Value::Null).await.status, 204);
    assert_eq!(stranger.ask("POST", &path, Value::Null).await.status, 204, "said twice, it stays so");
    let contact = browser.get("/api/v1/contact").await.json();
    assert!(contact["by_mail"].as_object().unwrap().values().all(|wanted| *wanted == json!(false)), "{contact}");
    billed(&mut browser, 2).await;
    assert_eq!(send_due(&town.app).await.unwrap(), 0);
    let acts = browser.get("/api/v1/acts?kind=contact").await.json();
    assert_eq!(acts["acts"].as_array().unwrap().len(), 1, "{acts}");
}

#[tokio::test]
async fn a_mail_server_that_is_down_for_an_hour_costs_no_letter() {
    let mut town = Town::open().await;
    let mut browser = reached(&town, "adult").await;
    for number in 0..3 {
        billed(&mut browser, number).await;
    }
    drop(browser);
    let running = town.app.post.clone();
    // Nobody listens there.
    town.app.post = Post::new("smtp://127.0.0.1:9", FROM).unwrap();
    for _ in 0..60 {
        assert_eq!(send_due(&town.app).await.unwrap(), 0);
        town.pass(60);
    }
    let tries = mail_states(&town).await;
    assert!(
        tries.iter().all(|(mail, tries)| mail == "waiting" && (4..10).contains(tries)),
        "rarer and rarer: {tries:?}"
    );
    town.app.post = running;
    town.pass(6 * 3_600);
    assert_eq!(send_due(&town.app).await.unwrap(), 3);
    assert_eq!(send_due(&town.app).await.unwrap(), 0);
    let came = letters(&town).await;
    assert_eq!(came.len(), 3);
    assert!(!format!("{came:?}").contains("Iespējams"), "nobody took them before");
}

#[tokio::test]
async fn a_no_for_good_ends_it_and_a_no_for_now_does_not() {
    for (code, ends) in [(550, "failed"), (451, "waiting")] {
        let mut town = Town::open().await;
        let mut browser = reached(&town, "adult").await;
        billed(&mut browser, 1).await;
        drop(browser);
        town.app.post = Post::new(&format!("smtp://{}", refusing(code).await), FROM).unwrap();
        assert_eq!(send_due(&town.app).await.unwrap(), 0);
        assert_eq!(mail_states(&town).await, [(ends.to_owned(), 1)], "{code}");
    }
}

/// A mail server that refuses every letter.
async fn refusing(code: u16) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.split();
        write.write_all(b"220 here\r\n").await.unwrap();
        let mut lines = BufReader::new(read).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let is_letter = line.starts_with("RCPT");
            let answer = if is_letter { format!("{code} no\r\n") } else { "250 yes\r\n".to_owned() };
            if write.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    });
    address
}

/// A mail server that takes a letter and hangs up before it says so.
async fn hanging_up() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.split();
        write.write_all(b"220 here\r\n").await.unwrap();
        let mut lines = BufReader::new(read).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            let answer: &[u8] = if line == "DATA" { b"354 go on\r\n" } else { b"250 yes\r\n" };
            if line == "." {
                return;
            }
            // Lines of the letter are no questions.
            let asks = ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"].iter().any(|verb| line.starts_with(verb));
            if asks && write.write_all(answer).await.is_err() {
                return;
            }
        }
    });
    address
}

#[tokio::test]
async fn a_letter_of_which_nobody_heard_says_that_it_may_come_twice() {
    let mut town = Town::open().await;
    let mut browser = reached(&town, "adult").await;
    billed(&mut browser, 1).await;
    drop(browser);
    let running = town.app.post.clone();
    town.app.post = Post::new(&format!("smtp://{}", hanging_up().await), FROM).unwrap();
    assert_eq!(send_due(&town.app).await.unwrap(), 0);
    assert_eq!(mail_states(&town).await, [("waiting".to_owned(), 1)]);
    town.app.post = running;
    town.pass(61);
    assert_eq!(send_due(&town.app).await.unwrap(), 1);
    let came = letters(&town).await;
    assert!(came[0]["text"].as_str().unwrap().contains("Iespējams, šo vēstuli jau saņēmāt"), "{came:?}");
}

#[tokio::test]
async fn a_letter_whose_server_died_over_it_says_that_it_may_come_twice() {
    let town = Town::open().await;
    let mut browser = reached(&town, "adult").await;
    billed(&mut browser, 1).await;
    let now = town.app.identity.ambient.millis();
    let due = notice::due(&town.app.db, now, 10).await.unwrap();
    // It is taken, perhaps sent, and never marked.
    assert!(notice::take(&town.app.db, &due[0], now + 120_000).await.unwrap());
    assert!(!notice::take(&town.app.db, &due[0], now + 120_000).await.unwrap(), "nobody else takes it meanwhile");
    assert_eq!(send_due(&town.app).await.unwrap(), 0);
    town.pass(121);
    assert_eq!(send_due(&town.app).await.unwrap(), 1);
    let came = letters(&town).await;
    assert!(came[0]["text"].as_str().unwrap().contains("Iespējams, šo vēstuli jau saņēmāt"), "{came:?}");
    assert_eq!(send_due(&town.app).await.unwrap(), 0);
}

#[tokio::test]
async fn an_open_page_is_told_at_once_by_whichever_server_it_hangs_on() {
    let town = Town::open().await;
    let mut browser = town.browser();
    browser.sign_in("eid", "adult", "/lv").await;
    let bill = billed(&mut browser, 1).await;
    let person = bill::by_id(&town.app.db, &bill).await.unwrap().unwrap().person_id;
    // Another server on the same database.
    let other = durvis_server::App { streams: Streams::default(), ..town.app.clone() };
    let (here, there) = (town.app.streams.of(&person).unwrap(), other.streams.of(&person).unwrap());
    let (mut here, mut there) = (Box::pin(here), Box::pin(there));
    let mut elses = Box::pin(other.streams.of("somebody else").unwrap());
    let last = [look(&town.app, None).await.unwrap(), look(&other, None).await.unwrap()];
    assert!(here.next().now_or_never().is_none(), "what was there before is no news");
    billed(&mut browser, 2).await;
    assert!(look(&town.app, Some(last[0])).await.unwrap() > last[0]);
    look(&other, Some(last[1])).await.unwrap();
    let soon = Duration::from_secs(5);
    assert_eq!(tokio::time::timeout(soon, here.next()).await.unwrap(), Some(()));
    assert_eq!(tokio::time::timeout(soon, there.next()).await.unwrap(), Some(()));
    assert!(elses.next().now_or_never().is_none());
    other.streams.close();
    assert_eq!(tokio::time::timeout(soon, there.next()).await.unwrap(), None, "a server that stops ends its streams");
    let windows: Vec<_> = (0..6).map(|_| town.app.streams.of("one").unwrap()).collect();
    assert!(town.app.streams.of("one").is_err(), "as many windows as anybody looks at");
    drop(windows);
    assert!(town.app.streams.of("one").is_ok());
    let answer = town.browser().get("/api/v1/notices/events").await;
    answer.problem(401, "sign-in");
}

#[tokio::test]
async fn a_long_list_costs_what_a_short_one_does() {
    let town = Town::open().await;
    let mut browser = town.browser();
    browser.sign_in("eid", "adult", "/lv").await;
    let bill = billed(&mut browser, 1).await;
    let row = bill::by_id(&town.app.db, &bill).await.unwrap().unwrap();
    for number in 0..130 {
        let new = notice::New {
            person_id: row.person_id.clone(),
            company: String::new(),
            kind: NoticeKind::ALL[number % NoticeKind::ALL.len()].code(),
            e_service: "passport-order".into(),
            version: 1,
            number: 7,
            about: bill.clone(),
        };
        notice::add(&town.app.db, new, 0).await.unwrap();
    }
    let before = town.queries();
    let first = browser.get("/api/v1/notices").await.json();
    assert!(town.queries() - before <= 4, "{}", town.queries() - before);
    assert_eq!((&first["unread"], first["items"].as_array().unwrap().len()), (&json!(131), 50));
    let mut below = first["below"].clone();
    let mut seen = 50;
    while let Some(id) = below.as_i64() {
        let page = browser.get(&format!("/api/v1/notices?below={id}")).await.json();
        seen += page["items"].as_array().unwrap().len();
        below = page["below"].clone();
    }
    assert_eq!(seen, 131);
    browser.get("/api/v1/notices?below=x").await.problem(400, "broken-rules");
}
