//! Who may do what: every operation of the OpenAPI document, asked by everybody. The house says: who is not known gets 401; who
//! is known and may not, 403; who asks for what is another's gets 404, as if it did not exist.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use durvis_contract::uses::Draft;
use durvis_server::api::openapi;
use durvis_server::cases::clients;
use durvis_server::db::{bill, document, document_share, payment, payment_item, service_use};
use durvis_server::documents::make::of_payment;
use durvis_server::files::upload;
use durvis_server::identity::person::Person;
use durvis_server::identity::session::{Company, Visit};
use durvis_server::uses::save::save;
use durvis_server::uses::send::send;

use crate::support::Portal;

/// Who asks.
#[derive(Clone, Copy, Debug)]
enum Caller {
    Nobody,
    /// Whose the thing is that is asked for.
    Owner,
    Another,
    /// The owner, acting for a company.
    ForCompany,
    /// The owner, whose session has ended.
    Ended,
    /// An institution, with a machine's token.
    Institution,
}

const CALLERS: [Caller; 6] =
    [Caller::Nobody, Caller::Owner, Caller::Another, Caller::ForCompany, Caller::Ended, Caller::Institution];

/// An operation, a body that it takes, and the status for each of [`CALLERS`].
type Row = (&'static str, &'static str, &'static str, [u16; 6]);

/// What everybody may read.
const ALL: [u16; 6] = [200; 6];
/// What the one may read and change who is signed in, each their own.
const OWN: [u16; 6] = [401, 200, 200, 200, 401, 401];
const REPORT: &str = r#"{"message": "m", "path": "/lv"}"#;
const MISSED: &str = r#"{"lang": "lv", "text": "nekas"}"#;
const CONTACT: &str = r#"{"phone": null, "lang": "lv",
    "by_mail": {"tasks": true, "progress": true, "bills": true, "documents": false, "favourites": false}}"#;

const DRAFT: &str = r#"{"e_service": "passport-order", "version": 1, "revision": 1, "terms_accepted": true, "answers":
    {"person": "me", "home": {"territory": "riga", "street": "Iela 1", "postal_code": "LV-1010"}, "name": "A", "fast": false}}"#;
const WRONG: &str = r#"{"text": "t", "reach": "a@epasts.example"}"#;
const ERROR: &str = r#"{"text": "t", "email": "a@epasts.example", "page": "/lv", "lang": "lv"}"#;
const FILE: &str = r#"{"use_id": "0123456789abcdef0123456789abcdef", "e_service": "passport-order", "version": 1,
    "field": "papers", "name": "a.pdf", "bytes": 8}"#;
const PAYMENT: &str = r#"{"id": "00000000000000000000000000000001", "bank": "x", "lang": "lv", "bills": ["00000000000000000000000000000002"]}"#;
const DISPUTE: &str = r#"{"id": "00000000000000000000000000000001", "text": "Nē"}"#;
const BILL_STEP: &str = r#"{"id": "00000000000000000000000000000001", "officer": "Ieva", "step": {"kind": "remind"}}"#;
const MESSAGE: &str = r#"{"id": "00000000000000000000000000000003", "text": "?"}"#;
const STEP: &str =
    r#"{"id": "00000000000000000000000000000004", "revision": 1, "officer": "Ieva", "step": {"kind": "take"}}"#;
const ISSUED: &str = r#"{"id": "00000000000000000000000000000008", "officer": "Ieva", "purpose": "Kopija", "amount_cents": 250, "due": "2026-12-01"}"#;
const REMINDER: &str = r#"{"kind": "service", "about": "passport", "day": "2026-12-01"}"#;
const ARCHIVE: &str = r#"{"ids": ["00000000000000000000000000000006"]}"#;
/// A document of the owner's: the receipt of a payment; and a link to it.
const DOCUMENT: &str = "00000000000000000000000000000006";
/// A case of the owner's.
const CASE: &str = "00000000000000000000000000000005";
/// A bill of the owner's.
const BILL: &str = "00000000000000000000000000000002";
/// Of that bill, and over.
const PAID: &str = "00000000000000000000000000000003";
/// A file of the owner's, of the first of their uses.
const PAPER: &str = "00000000000000000000000000000001";
/// Two uses of the owner's: a draft, and one that a registry answered.
const USES: [&str; 2] = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"];
/// What only the owner may see, in the capacity in which it was begun.
const MINE: [u16; 6] = [401, 200, 404, 404, 401, 401];
/// What only the institution may see that decides it. Officers are asked in `officers.rs`.
const DESK: [u16; 6] = [401, 403, 403, 403, 401, 200];
/// The same, where a register or mail server is needed that this portal has not.
const SILENT: [u16; 6] = [401, 503, 404, 404, 401, 401];

const TABLE: [Row; 85] = [
    ("get", "/api/v1/catalogue", "", ALL),
    ("get", "/api/v1/catalogue/counts", "", ALL),
    ("get", "/api/v1/services", "", ALL),
    ("get", "/api/v1/services/{slug}", "", ALL),
    ("get", "/api/v1/life-events", "", ALL),
    ("get", "/api/v1/life-events/{slug}", "", ALL),
    ("get", "/api/v1/plans/{life_event}", "", [404; 6]),
    ("get", "/api/v1/e-services", "", ALL),
    ("get", "/api/v1/e-services/{slug}", "", ALL),
    ("get", "/api/v1/e-services/{slug}/prefill", "", OWN),
    ("get", "/api/v1/uses", "", OWN),
    ("get", "/api/v1/uses/{id}", "", MINE),
    ("put", "/api/v1/uses/{id}", DRAFT, MINE),
    ("delete", "/api/v1/uses/{id}", "", [401, 204, 404, 404, 401, 401]),
    ("post", "/api/v1/uses/{id}/send", DRAFT, MINE),
    ("get", "/api/v1/uses/{id}/result", "", SILENT),
    ("post", "/api/v1/uses/{id}/deficiencies", WRONG, SILENT),
    ("get", "/api/v1/uses/{id}/course", "", MINE),
    ("post", "/api/v1/uses/{id}/messages", MESSAGE, MINE),
    ("put", "/api/v1/uses/{id}/withdrawal/{event}", "", MINE),
    // Whoever has a token of the institution, and nobody else.
    ("post", "/api/v1/desk/token", "grant_type=client_credentials", [401; 6]),
    ("get", "/api/v1/desk/seats", "", OWN),
    ("get", "/api/v1/desk/cases", "", DESK),
    ("get", "/api/v1/desk/cases/{id}", "", DESK),
    ("post", "/api/v1/desk/cases/{id}/steps", STEP, DESK),
    ("get", "/api/v1/desk/cases/{id}/files/{file}", "", [401, 403, 403, 403, 401, 404]),
    // Nobody works on the case yet; and the bill is not of it.
    ("post", "/api/v1/desk/cases/{id}/bills", ISSUED, [401, 403, 403, 403, 401, 409]),
    ("post", "/api/v1/desk/cases/{id}/bills/{bill}/steps", BILL_STEP, [401, 403, 403, 403, 401, 404]),
    ("get", "/api/v1/uses/{id}/files", "", [401, 200, 200, 200, 401, 401]),
    // Begun for oneself; who else begins one begins their own.
    ("put", "/api/v1/files/{id}", FILE, [401, 200, 404, 404, 401, 401]),
    ("put", "/api/v1/files/{id}/parts/{number}", "%PDF-1.7", [401, 200, 404, 404, 401, 401]),
    ("get", "/api/v1/files/{id}", "", [401, 200, 404, 404, 401, 401]),
    ("delete", "/api/v1/files/{id}", "", [401, 204, 404, 404, 401, 401]),
    ("get", "/api/v1/banks", "", ALL),
    ("get", "/api/v1/bills", "", OWN),
    ("get", "/api/v1/bills.csv", "", OWN),
    ("get", "/api/v1/bills/{id}", "", MINE),
    // What an e-service costs is not disputed.
    ("post", "/api/v1/bills/{id}/disputes", DISPUTE, [401, 409, 404, 404, 401, 401]),
    // This portal has no bank, and what is over is not given up.
    ("post", "/api/v1/payments", PAYMENT, [401, 400, 404, 404, 401, 401]),
    ("get", "/api/v1/payments/{id}", "", MINE),
    ("delete", "/api/v1/payments/{id}", "", [401, 409, 404, 404, 401, 401]),
    ("post", "/api/v1/error-reports", ERROR, [503; 6]),
    ("get", "/api/v1/institutions", "", ALL),
    ("get", "/api/v1/institutions/{slug}", "", ALL),
    ("get", "/api/v1/territories", "", ALL),
    ("get", "/api/v1/sign-in/ways", "", ALL),
    ("post", "/api/v1/reports", REPORT, [204; 6]),
    ("post", "/api/v1/searches/missed", MISSED, [204; 6]),
    // This portal takes no cards.
    ("post", "/api/v1/sign-in/web-eid/challenge", "", [404; 6]),
    ("post", "/api/v1/sign-in/web-eid", "{}", [404; 6]),
    ("get", "/api/v1/session", "", OWN),
    ("post", "/api/v1/session/use", "", OWN),
    ("delete", "/api/v1/session", "", OWN),
    ("get", "/api/v1/session/companies", "", OWN),
    // Nobody of them may act for this company, whatever they say.
    ("put", "/api/v1/session/principal", r#"{"company": "40003000000"}"#, [401, 403, 403, 403, 401, 401]),
    ("get", "/api/v1/sessions", "", OWN),
    ("delete", "/api/v1/sessions", "", [401, 204, 204, 204, 401, 401]),
    ("delete", "/api/v1/sessions/{handle}", "", [401, 204, 404, 204, 401, 401]),
    ("get", "/api/v1/contact", "", OWN),
    ("put", "/api/v1/contact", CONTACT, OWN),
    // This portal has no mail server.
    ("put", "/api/v1/contact/email", r#"{"email": "a@epasts.example"}"#, [401, 503, 503, 503, 401, 401]),
    ("delete", "/api/v1/contact/email", "", OWN),
    // Nobody of them was sent a code.
    ("post", "/api/v1/contact/email/code", r#"{"code": "000000"}"#, [401, 400, 400, 400, 401, 401]),
    ("get", "/api/v1/documents", "", OWN),
    ("get", "/api/v1/documents/{id}", "", [401, 200, 404, 404, 401, 401]),
    // A receipt is no container.
    ("get", "/api/v1/documents/{id}/inspection", "", [401, 400, 404, 404, 401, 401]),
    ("post", "/api/v1/documents/archive", ARCHIVE, [401, 200, 404, 404, 401, 401]),
    ("post", "/api/v1/documents/{id}/shares", r#"{"hours": 1}"#, MINE),
    ("get", "/api/v1/documents/{id}/shares", "", MINE),
    ("delete", "/api/v1/documents/{id}/shares/{share}", "", [401, 204, 404, 404, 401, 401]),
    ("get", "/api/v1/genuine/{number}", "", ALL),
    // Nobody works on the case yet.
    ("post", "/api/v1/desk/cases/{id}/documents", "%PDF-1.7", [401, 403, 403, 403, 401, 409]),
    ("get", "/api/v1/overview", "", OWN),
    ("get", "/api/v1/own", "", OWN),
    ("get", "/api/v1/notices", "", OWN),
    ("put", "/api/v1/notices/read", r#"{"id": 1}"#, [401, 204, 204, 204, 401, 401]),
    ("get", "/api/v1/reminders", "", OWN),
    ("put", "/api/v1/reminders/{id}", REMINDER, MINE),
    // Deleted by the owner, it is gone; another's that is there is told of in `reminders.rs`.
    ("delete", "/api/v1/reminders/{id}", "", [401, 204, 204, 204, 401, 401]),
    ("get", "/api/v1/acts", "", OWN),
    ("get", "/api/v1/acts.csv", "", OWN),
    ("get", "/api/v1/my-data.zip", "", OWN),
    ("get", "/api/v1/record", "", OWN),
    ("get", "/api/v1/record.json", "", OWN),
    ("get", "/api/v1/record/keys", "", [200, 200, 200, 200, 200, 200]),
];

/// A portal with somebody signed in, and others.
struct Town {
    portal: Portal,
    owner: String,
    another: String,
    for_company: String,
    ended: String,
    /// Of the institution that has to decide the case.
    token: String,
}

impl Town {
    async fn open() -> Self {
        let portal = Portal::open().await;
        let [owner, another] = ["PNOLV-321234-56789", "PNOLV-010203-12345"];
        let ended = sign_in(&portal, owner).await;
        // It ends by disuse; the others begin now.
        portal.clock.pass(31 * 60);
        let for_company = sign_in(&portal, owner).await;
        let identity = &portal.app.identity;
        let mut session = identity.session(&portal.db, &for_company).await.unwrap().unwrap();
        let company = Company { number: "40203000000".into(), name: "SIA Koks".into() };
        identity.act_for(&portal.db, &mut session, Some(company)).await.unwrap();
        let (owner, another) = (sign_in(&portal, owner).await, sign_in(&portal, another).await);
        let mut session = identity.session(&portal.db, &owner).await.unwrap().unwrap();
        session.address = "192.0.2.7".into();
        let draft = Draft { revision: 0, ..serde_json::from_str(DRAFT).unwrap() };
        save(&portal.app, &session, USES[0], draft.clone(), "lv").await.unwrap();
        let answers = serde_json::from_str(r#"{"person": "me"}"#).unwrap();
        let face = Draft { e_service: "my-face".into(), answers, ..draft };
        send(&portal.app, Some(&session), USES[1], face, "lv").await.unwrap();
        let sent = service_use::by_id(&portal.db, USES[1]).await.unwrap().unwrap();
        let answered = service_use::Model { state: "answered".into(), ..sent };
        assert!(service_use::change(&portal.db, &answered, answered.revision).await.unwrap());
        upload::begin(&portal.app, &session, PAPER, serde_json::from_str(FILE).unwrap()).await.unwrap();
        assert!(upload::part(&portal.app, &session, PAPER, 0, b"%PDF-1.7").await.unwrap().whole);
        let bill = bill::Model {
            id: BILL.into(),
            number: 1,
            person_id: session.person_id.clone(),
            company: String::new(),
            use_id: USES[1].into(),
            e_service: "my-face".into(),
            version: 1,
            institution: "office".into(),
            amount_cents: 100,
            paid_cents: 0,
            refunded_cents: 0,
            state: "open".into(),
            disputed: false,
            payment_id: None,
            due: "2026-12-23".into(),
            parts: None,
            reminded_at: None,
            made_at: 0,
            paid_at: None,
            case_id: None,
            sealed: None,
        };
        bill::add(&portal.db, bill).await.unwrap();
        let paid = payment::Model {
            id: PAID.into(),
            bank: "x".into(),
            lang: "lv".into(),
            state: "failed".into(),
            bank_payment_id: None,
            redirect: None,
            started_at: 0,
            asked_at: 0,
            silent_since: None,
            finished_at: Some(0),
        };
        payment::add(&portal.db, paid).await.unwrap();
        payment_item::add(&portal.db, PAID, BILL, 100).await.unwrap();
        let case = service_use::Model {
            id: CASE.into(),
            number: 77,
            state: "sent".into(),
            institution: Some("office".into()),
            sealed: reseal(&portal, &answered.sealed),
            ..answered
        };
        service_use::add(&portal.db, case).await.unwrap();
        documented(&portal, &session.person_id).await;
        let ambient = &portal.app.identity.ambient;
        let made = clients::make(&portal.db, ambient, "office", "Tests").await.unwrap();
        let token = clients::token(&portal.db, ambient, &made.id, &made.secret).await.unwrap().unwrap();
        Self { owner, another, for_company, ended, token, portal }
    }

    /// The status of an operation, on what is the owner's where it is anybody's.
    async fn ask(&self, (method, path, body, _): Row, caller: Caller) -> u16 {
        let path = match path {
            "/api/v1/services/{slug}" => "/api/v1/services/passport".to_owned(),
            "/api/v1/life-events/{slug}" => "/api/v1/life-events/going-abroad".to_owned(),
            "/api/v1/institutions/{slug}" => "/api/v1/institutions/office".to_owned(),
            "/api/v1/sessions/{handle}" => format!("/api/v1/sessions/{}", self.handle().await),
            "/api/v1/plans/{life_event}" => "/api/v1/plans/going-abroad".to_owned(),
            path if path.starts_with("/api/v1/documents/") => {
                path.replace("{id}", DOCUMENT).replace("{share}", DOCUMENT)
            }
            path if path.starts_with("/api/v1/genuine/") => path.replace("{number}", "2222-2222?code=2222-2222"),
            path if path.ends_with("cases/{id}/documents") => {
                path.replace("{id}", CASE) + &format!("?document={PAPER}&name=a.pdf&officer=Ieva")
            }
            path if path.starts_with("/api/v1/payments/") => path.replace("{id}", PAID),
            path if path.starts_with("/api/v1/bills/") => path.replace("{id}", BILL),
            path if path.starts_with("/api/v1/files/") => path.replace("{id}", PAPER).replace("{number}", "0"),
            path if path.starts_with("/api/v1/desk/")
                || path.contains("/course")
                || path.contains("/messages")
                || path.contains("/withdrawal") =>
            {
                path.replace("{id}", CASE).replace("{event}", PAPER).replace("{file}", PAPER).replace("{bill}", BILL)
                    + if path.ends_with("cases/{id}") { "?officer=Ieva" } else { "" }
            }
            path if path.ends_with("/result") || path.ends_with("/deficiencies") => path.replace("{id}", USES[1]),
            path if path.contains("{id}") => path.replace("{id}", USES[0]),
            path => path.replace("{slug}", "passport-order"),
        };
        let request = Request::builder().method(method.to_uppercase().as_str()).uri(&path);
        let form = if path.ends_with("/token") { "application/x-www-form-urlencoded" } else { "application/json" };
        let request = request.header("sec-fetch-site", "same-origin").header("content-type", form);
        let signed_in = |secret: &str| ("cookie", format!("__Host-session={secret}"));
        let (name, value) = match caller {
            Caller::Nobody => ("accept", "*/*".to_owned()),
            Caller::Owner => signed_in(&self.owner),
            Caller::Another => signed_in(&self.another),
            Caller::ForCompany => signed_in(&self.for_company),
            Caller::Ended => signed_in(&self.ended),
            Caller::Institution => ("authorization", format!("Bearer {}", self.token)),
        };
        let answer = self.portal.ask(request.header(name, value).body(Body::from(body)).unwrap()).await;
        answer.status.as_u16()
    }

    /// Another session of the owner's.
    async fn handle(&self) -> String {
        let secret = sign_in(&self.portal, "PNOLV-321234-56789").await;
        self.portal.app.identity.session(&self.portal.db, &secret).await.unwrap().unwrap().handle
    }
}

/// A receipt of the owner's, and a link to it.
async fn documented(portal: &Portal, person_id: &str) {
    let bill = bill::by_id(&portal.db, BILL).await.unwrap().unwrap();
    of_payment(&portal.app, &portal.db, (&bill, bill.amount_cents), PAID, "lv").await.unwrap();
    let made = document::by_source(&portal.db, &format!("paid:{BILL}")).await.unwrap().unwrap();
    assert_eq!(made.person_id, person_id);
    document::delete(&portal.db, &made.id).await.unwrap();
    let identity = &portal.app.identity;
    let plain = identity.keys.open(&made.sealed, &format!("document:{}", made.id)).unwrap();
    let sealed = identity.keys.seal(&identity.ambient, &plain, &format!("document:{DOCUMENT}"));
    document::add(&portal.db, document::Model { id: DOCUMENT.into(), sealed, ..made }).await.unwrap();
    let link = document_share::Model {
        id: DOCUMENT.into(),
        token: String::new(),
        document_id: DOCUMENT.into(),
        made_at: 0,
        ends_at: i64::MAX,
        opened: 0,
    };
    document_share::add(&portal.db, link).await.unwrap();
}

/// What was sealed of a use, for the case.
fn reseal(portal: &Portal, sealed: &str) -> String {
    let identity = &portal.app.identity;
    let plain = identity.keys.open(sealed, &format!("use:{}", USES[1])).unwrap();
    identity.keys.seal(&identity.ambient, &plain, &format!("use:{CASE}"))
}

async fn sign_in(portal: &Portal, identifier: &str) -> String {
    let person = Person::of_identifier(identifier, "Anna", "Bērziņa", None).unwrap();
    let visit = Visit { way: "eid".into(), address: "192.0.2.7".into(), agent: "Firefox".into() };
    portal.app.identity.sign_in(&portal.db, person, visit, None, None).await.unwrap()
}

#[tokio::test]
async fn every_operation_answers_everybody_as_the_table_says() {
    for row in TABLE {
        let mut town = Town::open().await;
        for (caller, status) in CALLERS.into_iter().zip(row.3) {
            if row.0 == "delete" {
                // What one deletes, the next has not.
                town = Town::open().await;
            }
            assert_eq!(town.ask(row, caller).await, status, "{} {} asked by {caller:?}", row.0, row.1);
        }
    }
}

#[test]
fn every_operation_has_its_row() {
    let document = serde_json::to_value(openapi()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone())));
    let described: BTreeSet<_> = operations.collect();
    let tabled: BTreeSet<_> = TABLE.iter().map(|row| (row.0.to_owned(), row.1.to_owned())).collect();
    assert_eq!(described, tabled, "described on the left, in the table on the right");
    assert_eq!(tabled.len(), TABLE.len(), "none stands there twice");
}
