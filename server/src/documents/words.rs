//! What papers say in each language, and how they write days and money. Papers are read without the app, as letters are.

use durvis_contract::case::Ruling;
use durvis_contract::e_service::Day;
use durvis_paper::Lang;
use time::OffsetDateTime;

use crate::latvia;

/// The words of a language.
pub(super) struct Words {
    pub(super) sent: &'static str,
    pub(super) paid: &'static str,
    pub(super) decided: &'static str,
    pub(super) number: &'static str,
    pub(super) code: &'static str,
    pub(super) page_of: &'static str,
    pub(super) check: &'static str,
    pub(super) alt: &'static str,
    pub(super) submission: &'static str,
    pub(super) bill: &'static str,
    pub(super) institution: &'static str,
    pub(super) recipient: &'static str,
    pub(super) person: &'static str,
    pub(super) personal_code: &'static str,
    pub(super) company: &'static str,
    pub(super) sent_at: &'static str,
    pub(super) decide_by: &'static str,
    pub(super) price: &'static str,
    pub(super) amount: &'static str,
    pub(super) paid_at: &'static str,
    pub(super) bank: &'static str,
    pub(super) payment: &'static str,
    pub(super) decided_at: &'static str,
    pub(super) ruling: &'static str,
    pub(super) files: &'static str,
    pub(super) file_name: &'static str,
    pub(super) file_size: &'static str,
    pub(super) reasons: &'static str,
    pub(super) appeal: &'static str,
    pub(super) appeal_text: &'static str,
    pub(super) sent_text: &'static str,
    pub(super) paid_text: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
    pub(super) ticked: &'static str,
    pub(super) empty: &'static str,
    pub(super) rulings: [&'static str; 4],
    pub(super) months: [&'static str; 12],
}

const LV: Words = Words {
    sent: "Iesniegšanas apliecinājums",
    paid: "Maksājuma kvīts",
    decided: "Lēmums",
    number: "Numurs",
    code: "Kods",
    page_of: "{page}. lapa no {pages}",
    check: "Vai dokuments ir īsts, var pārbaudīt ikviens, kam tas ir: noskenējiet kvadrātkodu vai atveriet šo lapu un ievadiet numuru un kodu.",
    alt: "Kvadrātkods, kas atver lapu, kurā pārbaudīt šo dokumentu",
    submission: "Iesnieguma numurs",
    bill: "Rēķina numurs",
    institution: "Iestāde",
    recipient: "Saņēmējs",
    person: "Persona",
    personal_code: "Personas kods",
    company: "Uzņēmuma vārdā",
    sent_at: "Nosūtīts",
    decide_by: "Atbildes termiņš",
    price: "Maksa",
    amount: "Summa",
    paid_at: "Samaksāts",
    bank: "Banka",
    payment: "Maksājuma identifikators",
    decided_at: "Pieņemts",
    ruling: "Lēmums",
    files: "Pievienotie faili",
    file_name: "Fails",
    file_size: "Lielums",
    reasons: "Pamatojums",
    appeal: "Ja nepiekrītat",
    appeal_text: "Lēmumu varat apstrīdēt, iesniedzot iesniegumu iestādei, kas to pieņēma, mēneša laikā no dienas, kad lēmums stājies spēkā, ja pamatojumā nav norādīta cita kārtība (Administratīvā procesa likuma 76.–79. pants).",
    sent_text: "Portāls ir saņēmis zemāk redzamās ziņas un nodevis tās iestādei.",
    paid_text: "Banka ir apstiprinājusi, ka maksājums ir izpildīts.",
    yes: "Jā",
    no: "Nē",
    ticked: "Apstiprināts",
    empty: "Nav norādīts",
    rulings: ["Apmierināts", "Apmierināts daļēji", "Atteikts", "Izbeigts bez lēmuma pēc būtības"],
    months: [
        "janvārī",
        "februārī",
        "martā",
        "aprīlī",
        "maijā",
        "jūnijā",
        "jūlijā",
        "augustā",
        "septembrī",
        "oktobrī",
        "novembrī",
        "decembrī",
    ],
};

const RU: Words = Words {
    sent: "Подтверждение отправки",
    paid: "Квитанция об оплате",
    decided: "Решение",
    number: "Номер",
    code: "Код",
    page_of: "Страница {page} из {pages}",
    check: "Проверить подлинность может каждый, у кого есть документ: отсканируйте квадратный код или откройте эту страницу и введите номер и код.",
    alt: "Квадратный код, открывающий страницу проверки этого документа",
    submission: "Номер заявления",
    bill: "Номер счёта",
    institution: "Учреждение",
    recipient: "Получатель",
    person: "Лицо",
    personal_code: "Персональный код",
    company: "От имени предприятия",
    sent_at: "Отправлено",
    decide_by: "Срок ответа",
    price: "Плата",
    amount: "Сумма",
    paid_at: "Оплачено",
    bank: "Банк",
    payment: "Идентификатор платежа",
    decided_at: "Принято",
    ruling: "Решение",
    files: "Приложенные файлы",
    file_name: "Файл",
    file_size: "Размер",
    reasons: "Обоснование",
    appeal: "Если вы не согласны",
    appeal_text: "Решение можно оспорить, подав заявление в учреждение, которое его приняло, в течение месяца со дня вступления решения в силу, если в обосновании не указан другой порядок (статьи 76–79 Закона об административном процессе).",
    sent_text: "Портал получил приведённые ниже сведения и передал их учреждению.",
    paid_text: "Банк подтвердил, что платёж исполнен.",
    yes: "Да",
    no: "Нет",
    ticked: "Подтверждено",
    empty: "Не указано",
    rulings: ["Удовлетворено", "Удовлетворено частично", "Отказано", "Прекращено без решения по существу"],
    months: [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
};

const EN: Words = Words {
    sent: "Proof of submission",
    paid: "Payment receipt",
    decided: "Decision",
    number: "Number",
    code: "Code",
    page_of: "Page {page} of {pages}",
    check: "Whoever holds this document can check that it is genuine: scan the square code, or open this page and enter the number and the code.",
    alt: "A square code that opens the page where this document can be checked",
    submission: "Submission number",
    bill: "Bill number",
    institution: "Institution",
    recipient: "Recipient",
    person: "Person",
    personal_code: "Personal code",
    company: "On behalf of",
    sent_at: "Sent",
    decide_by: "Answer due",
    price: "Fee",
    amount: "Amount",
    paid_at: "Paid",
    bank: "Bank",
    payment: "Payment identifier",
    decided_at: "Decided",
    ruling: "Decision",
    files: "Attached files",
    file_name: "File",
    file_size: "Size",
    reasons: "Reasons",
    appeal: "If you disagree",
    appeal_text: "You may contest the decision by an application to the institution that made it, within one month of the day it takes effect, unless the reasons name another procedure (Administrative Procedure Law, sections 76 to 79).",
    sent_text: "The portal has received what follows and passed it on to the institution.",
    paid_text: "The bank has confirmed that the payment was carried out.",
    yes: "Yes",
    no: "No",
    ticked: "Confirmed",
    empty: "Not given",
    rulings: ["Granted", "Granted in part", "Refused", "Closed without a decision on the substance"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Lv => &LV,
            Lang::Ru => &RU,
            Lang::En => &EN,
        }
    }

    pub(super) fn ruling_of(&self, ruling: Ruling) -> &'static str {
        let [granted, in_part, refused, closed] = self.rulings;
        match ruling {
            Ruling::Granted => granted,
            Ruling::GrantedInPart => in_part,
            Ruling::Refused => refused,
            Ruling::Closed => closed,
        }
    }
}

/// A day as its language writes it.
pub(super) fn day(lang: Lang, day: Day) -> String {
    let (year, month, day) = day.parts();
    let name = usize::try_from(month).ok().and_then(|month| Words::of(lang).months.get(month.wrapping_sub(1)));
    let name = name.copied().unwrap_or_default();
    match lang {
        Lang::Lv => format!("{year}. gada {day}. {name}"),
        Lang::Ru => format!("{day} {name} {year} г."),
        Lang::En => format!("{day} {name} {year}"),
    }
}

/// A moment, in milliseconds since 1970, as clocks in Latvia show it.
pub(super) fn moment(lang: Lang, millis: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000);
    let at = latvia::local(at.unwrap_or(OffsetDateTime::UNIX_EPOCH));
    let day = day(lang, latvia::day(at));
    match lang {
        Lang::Lv => format!("{day} plkst. {:02}.{:02}", at.hour(), at.minute()),
        Lang::Ru | Lang::En => format!("{day}, {:02}:{:02}", at.hour(), at.minute()),
    }
}

/// `1 234,50 €`; in English `€1,234.50`.
pub(super) fn money(lang: Lang, cents: i64) -> String {
    let (sign, size) = (if cents < 0 { "−" } else { "" }, cents.unsigned_abs());
    let (between, point) = if lang == Lang::En { (',', '.') } else { ('\u{A0}', ',') };
    let digits = (size / 100).to_string();
    let mut euros = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            euros.push(between);
        }
        euros.push(digit);
    }
    let cents = size % 100;
    match lang {
        Lang::En => format!("{sign}€{euros}{point}{cents:02}"),
        _ => format!("{sign}{euros}{point}{cents:02}\u{A0}€"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_moments_and_money_are_written_as_each_language_does() {
        let at = 1_795_000_000_500;
        assert_eq!(moment(Lang::Lv, at), "2026. gada 18. novembrī plkst. 13.06");
        assert_eq!(moment(Lang::Ru, at), "18 ноября 2026 г., 13:06");
        assert_eq!(moment(Lang::En, at), "18 November 2026, 13:06");
        assert_eq!(money(Lang::Lv, 123_450), "1\u{A0}234,50\u{A0}€");
        assert_eq!((money(Lang::En, 123_456_705).as_str(), money(Lang::En, 5).as_str()), ("€1,234,567.05", "€0.05"));
        assert_eq!(money(Lang::Ru, -6_000), "−60,00\u{A0}€");
    }
}
