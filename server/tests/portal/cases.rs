//! Cases: a citizen on one side, an institution's machine on the other.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use durvis_server::ambient::Ambient;
use durvis_server::cases::clients;
use durvis_server::db::{api_client, bill};
use serde_json::{Value, json};

use crate::sign_in::outside::{Browser, Town};
use crate::support::postgres::Cluster;
use crate::support::{Answer, migrated, set_paid};

const ID: &str = "0123456789abcdef0123456789abcdef";
const PAPER: &str = "00000000000000000000000000000009";

/// An institution's machine, with a token.
pub struct Machine<'a> {
    town: &'a Town,
    token: String,
    client: String,
}

impl<'a> Machine<'a> {
    pub async fn of(town: &'a Town, institution: &str) -> Self {
        let made = clients::make(&town.app.db, &Ambient::default(), institution, "Tests").await.unwrap();
        let told = token(town, &made.id, &made.secret).await.json();
        assert_eq!((&told["token_type"], &told["expires_in"]), (&json!("Bearer"), &json!(3600)));
        Self { town, token: told["access_token"].as_str().unwrap().to_owned(), client: made.id }
    }

    pub async fn ask(&self, method: &str, path: &str, body: Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.town.machine(method, path, &format!("Bearer {}", self.token), &body).await
    }

    pub async fn queue(&self, query: &str) -> Value {
        self.ask("GET", &format!("/api/v1/desk/cases?{query}"), Value::Null).await.json()
    }

    pub async fn case(&self, id: &str) -> Answer {
        self.ask("GET", &format!("/api/v1/desk/cases/{id}?officer=Ieva"), Value::Null).await
    }

    /// A step of an officer who saw the case at that revision.
    pub async fn step(&self, id: &str, event: u32, revision: &Value, step: Value) -> Answer {
        let change = json!({"id": format!("{event:032x}"), "revision": revision, "officer": "Ieva", "step": step});
        self.ask("POST", &format!("/api/v1/desk/cases/{id}/steps"), change).await
    }
}

async fn token(town: &Town, id: &str, secret: &str) -> Answer {
    let basic = format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")));
    town.machine("POST", "/api/v1/desk/token", &basic, "grant_type=client_credentials").await
}

pub async fn signed_in<'a>(town: &'a Town, persona: &str) -> Browser<'a> {
    let mut browser = town.browser();
    browser.sign_in("eid", persona, "/lv").await;
    browser
}

/// Sends an order of a passport; the id of its bill.
pub async fn send(browser: &mut Browser<'_>, id: &str, papers: Value) -> String {
    let home = json!({"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"});
    let answers = json!({"person": "me", "home": home, "name": "Anna", "fast": false, "papers": papers});
    let draft =
        json!({"e_service": "passport-order", "version": 1, "revision": 0, "terms_accepted": true, "answers": answers});
    let sent = browser.ask("POST", &format!("/api/v1/uses/{id}/send"), draft).await.json();
    sent["bill"].as_str().unwrap_or_else(|| panic!("{sent}")).to_owned()
}

pub async fn pay(town: &Town, bill: &str) {
    set_paid(&town.app.db, bill).await;
}

async fn course(browser: &mut Browser<'_>, id: &str) -> Value {
    browser.get(&format!("/api/v1/uses/{id}/course?lang=lv")).await.json()
}

#[tokio::test]
async fn a_case_goes_from_the_citizen_to_the_decision_and_both_see_where_it_is() {
    goes_to_its_decision(Town::open().await).await;
}

#[tokio::test]
async fn on_postgresql_it_does_too() {
    let cluster = Cluster::start();
    goes_to_its_decision(Town::open_on(migrated(&cluster.url()).await).await).await;
}

async fn goes_to_its_decision(town: Town) {
    let mut citizen = signed_in(&town, "adult").await;
    let office = Machine::of(&town, "office").await;
    // With a paper, in the use that follows.
    let new = json!({"use_id": ID, "e_service": "passport-order", "version": 1, "field": "papers", "name": "Pase.pdf", "bytes": 9});
    citizen.ask("PUT", &format!("/api/v1/files/{PAPER}"), new).await.json();
    citizen.give("PUT", &format!("/api/v1/files/{PAPER}/parts/0"), b"%PDF-1.7\n".to_vec()).await.json();
    let papers = json!([{"id": PAPER, "name": "Pase.pdf", "bytes": 9, "media_type": "application/pdf"}]);
    let bill = send(&mut citizen, ID, papers).await;
    let face = json!({"e_service": "my-face", "version": 1, "revision": 0, "terms_accepted": false, "answers": {"person": "me"}});
    citizen.ask("POST", "/api/v1/uses/ffffffffffffffffffffffffffffffff/send", face).await.json();
    assert_eq!(
        office.queue("").await["total"],
        0,
        "it waits for its payment; and what a registry answers nobody decides"
    );
    office.case(ID).await.problem(404, "not-found");
    pay(&town, &bill).await;
    let queue = office.queue("lang=en").await;
    assert_eq!(queue["total"], 1);
    let listed = &queue["items"][0];
    assert_eq!((&listed["title"], &listed["decide_by"]), (&json!("Ordering a passport"), &json!("2026-12-03")));

    let case = office.case(ID).await.json();
    assert_eq!(case["applicant"]["given_name"], "Anna");
    assert_eq!((&case["answers"]["name"], &case["files"][0]["name"]), (&json!("Anna"), &json!("Pase.pdf")));
    let file = office.ask("GET", &format!("/api/v1/desk/cases/{ID}/files/{PAPER}"), Value::Null).await;
    assert_eq!((file.body.as_str(), file.header("content-type")), ("%PDF-1.7\n", "application/pdf"));
    let revision = &case["case"]["revision"];
    office
        .step(ID, 1, revision, json!({"kind": "decide", "ruling": "granted", "text": "Jā"}))
        .await
        .problem(409, "conflict");
    let taken = office.step(ID, 1, revision, json!({"kind": "take"})).await.json();
    assert_eq!(taken["case"]["state"], "taken");
    assert_eq!(office.step(ID, 1, revision, json!({"kind": "take"})).await.json(), taken, "repeated, it is the same");
    let late = office.step(ID, 2, revision, json!({"kind": "tell", "text": "Otrs ierēdnis"})).await;
    late.problem(409, "conflict");
    let asked = json!({"kind": "ask", "text": "Vai vajag ātrāk?", "due": "2026-11-30"});
    let asked = office.step(ID, 2, &taken["case"]["revision"], asked).await.json();

    let seen = course(&mut citizen, ID).await;
    assert_eq!(seen["use"]["state"], "asked");
    assert_eq!(
        (&seen["events"][1]["text"], &seen["events"][1]["due"]),
        (&json!("Vai vajag ātrāk?"), &json!("2026-11-30"))
    );
    assert!(!seen.to_string().contains("Ieva"), "an officer is named in the log, not in letters");
    let before = town.queries();
    let overview = citizen.get("/api/v1/overview?lang=en").await.json();
    assert!(town.queries() - before <= 11, "{}", town.queries() - before);
    let task = json!({"kind": "answer", "about": ID, "title": "Ordering a passport", "number": seen["use"]["number"],
        "institution": "Office", "text": "Vai vajag ātrāk?", "due": "2026-11-30"});
    assert_eq!(overview["tasks"], json!([task]));
    assert_eq!((&overview["uses_total"], &overview["bills"]["total"]), (&json!(2), &json!(0)));
    assert_eq!(overview["notices"][0]["kind"], "case_asked");
    let message = json!({"id": format!("{:032x}", 3), "text": " Nē, paldies. "});
    let path = format!("/api/v1/uses/{ID}/messages");
    let answered = citizen.ask("POST", &path, message.clone()).await.json();
    assert_eq!((&answered["use"]["state"], &answered["events"][2]["text"]), (&json!("taken"), &json!("Nē, paldies.")));
    assert_eq!(citizen.ask("POST", &path, message).await.json(), answered, "sent twice, it stands once");
    assert_eq!(citizen.get("/api/v1/overview").await.json()["tasks"], json!([]), "a task ends itself");
    office
        .step(ID, 4, &asked["case"]["revision"], json!({"kind": "tell", "text": "Labi"}))
        .await
        .problem(409, "conflict");
    let revision = office.case(ID).await.json()["case"]["revision"].clone();
    let decided = json!({"kind": "decide", "ruling": "granted", "text": "Pase ir gatava."});
    let decided = office.step(ID, 4, &revision, decided).await.json();
    assert_eq!(decided["case"]["state"], "decided");
    assert_eq!(
        (&office.queue("").await["total"], &office.queue("state=decided").await["total"]),
        (&json!(0), &json!(1))
    );
    let seen = course(&mut citizen, ID).await;
    assert_eq!((&seen["use"]["state"], &seen["events"][3]["ruling"]), (&json!("decided"), &json!("granted")));
    citizen.ask("POST", &path, json!({"id": "a".repeat(32), "text": "?"})).await.problem(409, "conflict");

    let acts = citizen.get("/api/v1/acts").await.json();
    let acts: Vec<(&str, &str)> = acts["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| (act["kind"].as_str().unwrap(), act["agent"].as_str().unwrap_or_default()))
        .collect();
    assert!(
        acts.contains(&("case_read", "office: Ieva")) && acts.contains(&("case_decided", "office: Ieva")),
        "{acts:?}"
    );
    assert_eq!(acts.iter().filter(|(kind, _)| *kind == "case_taken").count(), 1);
}

/// A whole file for a message about that use.
async fn give(citizen: &mut Browser<'_>, use_id: &str, id: u32, name: &str) -> String {
    let id = format!("{id:032x}");
    let new =
        json!({"use_id": use_id, "e_service": "passport-order", "version": 1, "field": "", "name": name, "bytes": 9});
    citizen.ask("PUT", &format!("/api/v1/files/{id}"), new).await.json();
    citizen.give("PUT", &format!("/api/v1/files/{id}/parts/0"), b"%PDF-1.7\n".to_vec()).await.json();
    id
}

#[tokio::test]
async fn files_go_along_with_a_message_once_and_the_office_reads_them() {
    let town = Town::open().await;
    let (mut citizen, office) = (signed_in(&town, "adult").await, Machine::of(&town, "office").await);
    let new =
        json!({"use_id": ID, "e_service": "passport-order", "version": 1, "field": "", "name": "a.pdf", "bytes": 9});
    citizen.ask("PUT", &format!("/api/v1/files/{PAPER}"), new.clone()).await.problem(409, "conflict");
    let bill = send(&mut citizen, ID, json!([])).await;
    pay(&town, &bill).await;
    let mut other = signed_in(&town, "pensioner").await;
    other.ask("PUT", &format!("/api/v1/files/{PAPER}"), new.clone()).await.problem(404, "not-found");
    for (name, bytes, field, rule) in
        [("a.exe", 9, "name", "file_type"), ("a.pdf", 10_000_001, "bytes", "file_too_large")]
    {
        let mut bad = new.clone();
        (bad["name"], bad["bytes"]) = (name.into(), bytes.into());
        let problem = citizen.ask("PUT", &format!("/api/v1/files/{PAPER}"), bad).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"], json!([{"field": field, "rule": rule}]));
    }
    let messages = format!("/api/v1/uses/{ID}/messages");
    let message = |id: u32, text: &str, files: Value| json!({"id": format!("{id:032x}"), "text": text, "files": files});
    let (one, two) = (give(&mut citizen, ID, 21, "Izziņa.pdf").await, give(&mut citizen, ID, 22, "Līgums.pdf").await);
    let missing = |problem: Value| assert_eq!(problem["broken"], json!([{"field": "files", "rule": "file_missing"}]));
    missing(citizen.ask("POST", &messages, message(1, "Lūk", json!([one, PAPER]))).await.problem(400, "broken-rules"));
    missing(citizen.ask("POST", &messages, message(1, "Lūk", json!([one, one]))).await.problem(400, "broken-rules"));
    let first = citizen.ask("POST", &messages, message(1, "", json!([one]))).await.json();
    assert_eq!(first["events"][0]["files"][0]["name"], "Izziņa.pdf");
    let again = citizen.ask("POST", &messages, message(1, "", json!([one]))).await.json();
    assert_eq!(again["events"], first["events"], "repeated, it is the same message");
    // What went along with one does not go along with another, and is not taken away.
    missing(citizen.ask("POST", &messages, message(2, "Vēl", json!([one, two]))).await.problem(400, "broken-rules"));
    citizen.ask("DELETE", &format!("/api/v1/files/{one}"), Value::Null).await.problem(409, "conflict");
    citizen.ask("POST", &messages, message(2, "Vēl", json!([two]))).await.json();

    let case = office.case(ID).await.json();
    assert_eq!(case["files"], json!([]), "what was sent with the answers is another thing");
    assert_eq!((&case["events"][0]["files"][0]["id"], &case["events"][1]["text"]), (&json!(one), &json!("Vēl")));
    let file = office.ask("GET", &format!("/api/v1/desk/cases/{ID}/files/{two}"), Value::Null).await;
    assert_eq!(file.body, "%PDF-1.7\n");
    let documents = citizen.get("/api/v1/documents?lang=lv&kind=upload").await.json();
    let names: Vec<&str> =
        documents["items"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names.len(), 2, "{documents}");
    assert!(names.contains(&"Līgums.pdf"), "they are in one's archive");
    let many: Vec<u32> = (0..6).collect();
    let problem = citizen
        .ask(
            "POST",
            &messages,
            message(3, "Daudz", json!(many.iter().map(|n| format!("{n:032x}")).collect::<Vec<_>>())),
        )
        .await;
    assert_eq!(problem.problem(400, "broken-rules")["broken"][0]["rule"], "too_many");
}

#[tokio::test]
async fn what_one_institution_may_not_see_it_does_not_see() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    let bill = send(&mut citizen, ID, Value::Null).await;
    pay(&town, &bill).await;
    let (office, other) = (Machine::of(&town, "office").await, Machine::of(&town, "riga").await);
    assert_eq!((&office.queue("").await["total"], &other.queue("").await["total"]), (&json!(1), &json!(0)));
    other.case(ID).await.problem(404, "not-found");
    other.step(ID, 1, &json!(1), json!({"kind": "take"})).await.problem(404, "not-found");
    other.ask("GET", &format!("/api/v1/desk/cases/{ID}/files/{PAPER}"), Value::Null).await.problem(404, "not-found");
    // A citizen is no institution, and an institution no citizen.
    citizen.get("/api/v1/desk/cases").await.problem(403, "forbidden");
    office.ask("GET", &format!("/api/v1/uses/{ID}"), Value::Null).await.problem(401, "sign-in");
    let mut neighbour = signed_in(&town, "pensioner").await;
    neighbour.get(&format!("/api/v1/uses/{ID}/course")).await.problem(404, "not-found");
    let message = json!({"id": "a".repeat(32), "text": "?"});
    neighbour.ask("POST", &format!("/api/v1/uses/{ID}/messages"), message).await.problem(404, "not-found");
    let withdrawal = format!("/api/v1/uses/{ID}/withdrawal/{}", "a".repeat(32));
    neighbour.ask("PUT", &withdrawal, Value::Null).await.problem(404, "not-found");
}

#[tokio::test]
async fn tokens_end_are_replaced_and_taken_back() {
    let town = Town::open().await;
    let made = clients::make(&town.app.db, &Ambient::default(), "office", "Tests").await.unwrap();
    let wrong = token(&town, &made.id, "guess").await;
    assert_eq!((wrong.status.as_u16(), wrong.json()), (401, json!({"error": "invalid_client"})));
    assert_eq!(token(&town, "nobody", &made.secret).await.status, 401);
    let path = "/api/v1/desk/token";
    let grant = town.machine("POST", path, "Basic x", "grant_type=password").await;
    assert_eq!((grant.status.as_u16(), grant.json()), (400, json!({"error": "unsupported_grant_type"})));
    assert_eq!(town.machine("POST", path, "Basic x", "").await.json(), json!({"error": "invalid_request"}));
    assert_eq!(town.machine("POST", path, "Bearer x", "grant_type=client_credentials").await.status, 401);

    let first = Machine::of(&town, "office").await;
    assert_eq!(first.queue("").await["total"], 0);
    town.pass(3_601);
    first.ask("GET", "/api/v1/desk/cases", Value::Null).await.problem(401, "sign-in");
    let second = Machine::of(&town, "office").await;
    assert!(api_client::revoke(&town.app.db, &second.client, 1).await.unwrap());
    second.ask("GET", "/api/v1/desk/cases", Value::Null).await.problem(401, "sign-in");
    let stored = format!("{:?}", api_client::all(&town.app.db).await.unwrap());
    assert!(!stored.contains(&made.secret) && !stored.contains(&second.token), "only digests are kept");
}

#[tokio::test]
async fn what_is_taken_back_is_not_worked_on_and_not_to_be_paid() {
    let town = Town::open().await;
    let mut citizen = signed_in(&town, "adult").await;
    let bill = send(&mut citizen, ID, Value::Null).await;
    let withdrawal = format!("/api/v1/uses/{ID}/withdrawal/{}", "a".repeat(32));
    assert!(bill::take(&town.app.db, &bill, "x").await.unwrap());
    let refused = citizen.ask("PUT", &withdrawal, Value::Null).await.problem(400, "broken-rules");
    assert_eq!(refused["broken"][0]["rule"], "paying");
    assert_eq!(course(&mut citizen, ID).await["to_pay"], true);
    assert_eq!(course(&mut citizen, ID).await["use"]["state"], "sent", "while it is being paid, nothing is taken back");
    bill::release(&town.app.db, &bill, "x").await.unwrap();
    assert_eq!(citizen.ask("PUT", &withdrawal, Value::Null).await.json()["use"]["state"], "withdrawn");
    assert_eq!(citizen.ask("PUT", &withdrawal, Value::Null).await.json()["use"]["state"], "withdrawn", "repeated");
    assert_eq!(citizen.get(&format!("/api/v1/bills/{bill}")).await.json()["state"], "cancelled");
    assert_eq!(citizen.get("/api/v1/bills?paid=false").await.json()["total"], 0);
    let payment = json!({"id": "b".repeat(32), "bank": "kalnu-banka", "lang": "lv", "bills": [bill]});
    citizen.ask("POST", "/api/v1/payments", payment).await.problem(409, "conflict");
    let office = Machine::of(&town, "office").await;
    assert_eq!(office.queue("").await["total"], 0);
    assert_eq!(office.queue("state=withdrawn").await["total"], 0, "it never reached them");
    office.case(ID).await.problem(404, "not-found");
    office.step(ID, 1, &json!(1), json!({"kind": "take"})).await.problem(404, "not-found");
}

#[tokio::test]
async fn bad_steps_are_refused_and_a_long_queue_costs_what_a_short_one_does() {
    let mut town = Town::open().await;
    town.unlimited();
    let mut citizen = signed_in(&town, "adult").await;
    for number in 0..60 {
        let bill = send(&mut citizen, &format!("{number:032x}"), Value::Null).await;
        pay(&town, &bill).await;
    }
    let office = Machine::of(&town, "office").await;
    let before = town.queries();
    let queue = office.queue("").await;
    assert!(town.queries() - before <= 5, "{}", town.queries() - before);
    assert_eq!((&queue["total"], queue["items"].as_array().unwrap().len()), (&json!(60), 50));
    assert_eq!(office.queue("offset=50").await["items"].as_array().unwrap().len(), 10);
    let (id, revision) = (format!("{:032x}", 0), json!(1));
    let refuse = async |step: Value, field: &str| {
        let problem = office.step(&id, 1, &revision, step).await.problem(400, "broken-rules");
        assert_eq!(problem["broken"][0]["field"], field);
    };
    refuse(json!({"kind": "tell", "text": " "}), "text").await;
    refuse(json!({"kind": "tell", "text": "x".repeat(4_001)}), "text").await;
    refuse(json!({"kind": "tell", "text": "\u{202e}x"}), "text").await;
    refuse(json!({"kind": "ask", "text": "Kad?", "due": "2026-11-22"}), "due").await;
    refuse(json!({"kind": "ask", "text": "Kad?", "due": "rīt"}), "due").await;
    refuse(json!({"kind": "burn"}), "body").await;
    refuse(json!({"kind": "take", "text": "unknown"}), "body").await;
    office.ask("GET", &format!("/api/v1/desk/cases/{id}"), Value::Null).await.problem(400, "broken-rules");
    office.ask("GET", "/api/v1/desk/cases?state=burnt", Value::Null).await.problem(400, "broken-rules");
    let message = json!({"id": "a".repeat(32), "text": ""});
    citizen.ask("POST", &format!("/api/v1/uses/{id}/messages"), message).await.problem(400, "broken-rules");
}

#[tokio::test]
async fn whatever_a_citizen_writes_the_case_can_be_decided() {
    let mut town = Town::open().await;
    town.unlimited();
    let mut citizen = signed_in(&town, "adult").await;
    let bill = send(&mut citizen, ID, Value::Null).await;
    pay(&town, &bill).await;
    let messages = format!("/api/v1/uses/{ID}/messages");
    let message = |number: u32, text: &str| json!({"id": format!("{number:032x}"), "text": text});
    for number in 0..200 {
        citizen.ask("POST", &messages, message(number, "Kad?")).await.json();
    }
    let again = citizen.ask("POST", &messages, message(7, "Kad?")).await.json();
    assert_eq!(again["events"].as_array().unwrap().len(), 200, "the same id is the same message");
    citizen.ask("POST", &messages, message(7, "Nu?")).await.problem(409, "conflict");
    let refused = citizen.ask("POST", &messages, message(200, "Kad?")).await.problem(400, "broken-rules");
    assert_eq!(refused["broken"][0]["rule"], "too_many");
    let office = Machine::of(&town, "office").await;
    let revision = office.case(ID).await.json()["case"]["revision"].clone();
    let taken = office.step(ID, 1_001, &revision, json!({"kind": "take"})).await.json();
    let decision = json!({"kind": "decide", "ruling": "granted", "text": "Jā"});
    let decided = office.step(ID, 1_002, &taken["case"]["revision"], decision).await.json();
    assert_eq!(decided["case"]["state"], "decided");
}
