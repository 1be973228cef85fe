//! Thousands of histories of two bills: citizen, bank, clock and line do whatever they like.

use durvis_contract::e_service::Reference;
use durvis_server::bills::pay;
use durvis_server::db::{bill, payment, payment_item};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::faulty_bank::{FaultyBank, Status};
use super::{PAYMENTS, USE, billed, payment_at, signed_in};
use crate::sign_in::outside::{Browser, Town};

/// Histories of two bills that are tried, in each of two tests; and what happens in each.
const HISTORIES: u64 = 5_000;
const EVENTS: usize = 12;

/// Two bills of a history, and the references by which the bank knows them.
struct Pair {
    ids: [String; 2],
    numbers: Vec<String>,
}

impl Pair {
    /// Adds them; one in four may be paid in two parts.
    async fn made(town: &Town, made: &bill::Model, history: u64) -> Self {
        let number = |bill: u64| i64::try_from(2 * history + bill).unwrap();
        let ids = [0, 1].map(|bill| format!("{:032x}", number(bill)));
        for (bill, id) in (0..).zip(&ids) {
            let due = |cents: i64, due: &str| json!({"amount_cents": cents, "due": due});
            let parts = json!([due(made.amount_cents - 100, "2027-01-01"), due(100, "2027-02-01")]);
            let parts = (history.is_multiple_of(4) && bill == 0).then(|| parts.to_string());
            let row = bill::Model { id: id.clone(), use_id: id.clone(), number: number(bill), parts, ..made.clone() };
            bill::add(&town.app.db, row).await.unwrap();
        }
        let numbers = [0, 1].map(|bill| Reference::new(number(bill).cast_unsigned()).to_string()).to_vec();
        Self { ids, numbers }
    }

    async fn rows(&self, town: &Town) -> [bill::Model; 2] {
        let row = async |id: &str| bill::by_id(&town.app.db, id).await.unwrap().unwrap();
        [row(&self.ids[0]).await, row(&self.ids[1]).await]
    }

    /// How much money has moved for each.
    async fn charged(&self, town: &Town, bank: &FaultyBank) -> [i64; 2] {
        let settled = bank.settled(&self.numbers);
        let ids: Vec<String> = settled.iter().map(|(id, _)| id.clone()).collect();
        let items = payment_item::of_payments(&town.app.db, &ids).await.unwrap();
        let of = |id: &String| items.iter().filter(|item| item.bill_id == *id).map(|item| item.amount_cents).sum();
        let charged: [i64; 2] = [of(&self.ids[0]), of(&self.ids[1])];
        let moved: i64 = settled.iter().map(|(_, cents)| cents).sum();
        assert_eq!(moved, charged.iter().sum::<i64>(), "what the bank moves is what the payments say");
        charged
    }
}

#[tokio::test]
async fn whatever_fails_nobody_is_charged_twice_and_nothing_paid_is_lost() {
    whatever_fails(0x9E37_79B9_7F4A_7C15).await;
}

#[tokio::test]
async fn whatever_else_fails_nobody_is_charged_twice_either() {
    whatever_fails(0xD1B5_4A32_D192_ED03).await;
}

/// Citizen, bank, clock and line do whatever they like, with one bill and with both at once: no bill is charged more than it
/// says, and none is paid here but not there, or there but, once the bank answers again, not here.
async fn whatever_fails(random: u64) {
    let mut town = Town::open().await;
    let (bank, banks) = FaultyBank::open(random).await;
    town.unlimited();
    town.pay_at(banks);
    let mut browser = signed_in(&town, "adult").await;
    let first = billed(&mut browser, USE, false).await;
    let made = bill::by_id(&town.app.db, first.rsplit('/').next().unwrap()).await.unwrap().unwrap();
    let (mut ends, mut together) = ([0; 3], 0);
    for history in 1..=HISTORIES {
        // The clock goes on, and the session before may be over.
        let mut browser = signed_in(&town, "adult").await;
        let pair = Pair::made(&town, &made, history).await;
        bank.forget();
        bank.set_faulty(true);
        let mut told = Vec::new();
        for _ in 0..EVENTS {
            told.push(happens(&town, &mut browser, &bank, &pair).await);
            let (rows, charged) = (pair.rows(&town).await, pair.charged(&town, &bank).await);
            for (row, charged) in rows.iter().zip(charged) {
                assert!(charged <= row.amount_cents, "charged {charged}: {told:?}");
                assert!(row.paid_cents <= charged, "{} paid, {charged} charged: {told:?}", row.paid_cents);
                assert_eq!(row.state == "paid", row.paid_cents == row.amount_cents, "{told:?}");
            }
        }
        // The bank answers again, and what was confirmed goes through.
        bank.set_faulty(false);
        bank.settle(&pair.numbers);
        for _ in 0..4 {
            town.pass(200);
            pay::reconcile_live(&town.app).await.unwrap();
        }
        let (rows, charged) = (pair.rows(&town).await, pair.charged(&town, &bank).await);
        assert_eq!(rows.each_ref().map(|row| row.paid_cents), charged, "{told:?}");
        ends[rows.iter().filter(|row| row.state == "paid").count()] += 1;
        together += usize::from(bank.settled(&pair.numbers).len() == 1 && rows.iter().all(|row| row.state == "paid"));
        // What nobody has decided is given up: it is not to be asked for in the histories that follow.
        for row in pair.rows(&town).await.iter().filter(|row| row.state != "paid") {
            let Some(live) = &row.payment_id else { continue };
            if payment::by_id(&town.app.db, live).await.unwrap().is_some_and(|live| live.finished_at.is_none()) {
                let given_up = browser.ask("DELETE", &payment_at(live), Value::Null).await;
                assert_eq!((given_up.status.as_u16(), &given_up.json()["state"]), (200, &json!("failed")), "{told:?}");
            }
        }
        let live = payment::live(&town.app.db, i64::MAX, 10).await.unwrap();
        assert!(live.is_empty(), "{live:?}: {told:?}");
    }
    let least = HISTORIES / 20;
    assert!(ends.iter().all(|count| *count > least), "none, one and both were paid: {ends:?}");
    assert!(together as u64 > least, "both by one payment: {together}");
    let payments = payment::Entity::find().all(&town.app.db).await.unwrap();
    assert!(payments.len() as u64 > HISTORIES, "some were begun anew");
}

/// Something happens to one of two bills, or to both; what.
async fn happens(town: &Town, browser: &mut Browser<'_>, bank: &FaultyBank, pair: &Pair) -> String {
    let [one, other] = &pair.ids;
    // Several devices, each with a payment of its own in mind.
    let payment = |number: u64| format!("{}{number:x}", &one[1..]);
    let choose = || {
        let number = bank.random(6);
        let bills = match number % 3 {
            0 => vec![one],
            1 => vec![other],
            _ => vec![one, other],
        };
        let id = payment(number);
        json!({"id": id, "bank": "faulty", "lang": "lv", "bills": bills, "rest": number > 2})
    };
    match bank.random(10) {
        0..=2 => {
            let order = choose();
            browser.ask("POST", PAYMENTS, order.clone()).await;
            format!("begin {}", order["bills"])
        }
        3 => {
            let (mut here, mut there) = (browser.again(), browser.again());
            tokio::join!(here.ask("POST", PAYMENTS, choose()), there.ask("POST", PAYMENTS, choose()));
            "begin at once on two devices".into()
        }
        4 => {
            bank.decide(&pair.numbers, Status::Received, Status::Pending);
            "confirm".into()
        }
        5 => {
            bank.decide(&pair.numbers, Status::Received, Status::Rejected);
            "reject".into()
        }
        6 => {
            bank.decide(&pair.numbers, Status::Pending, Status::Settled);
            "settle".into()
        }
        7 => {
            let payment = payment(bank.random(6));
            browser.get(&format!("/pay/{payment}/back")).await;
            browser.get(&format!("/pay/{payment}/back")).await;
            "come back, twice".into()
        }
        8 => {
            browser.ask("DELETE", &payment_at(&payment(bank.random(6))), Value::Null).await;
            "give up".into()
        }
        _ => {
            town.pass(120);
            pay::reconcile_live(&town.app).await.unwrap();
            "reconcile".into()
        }
    }
}
