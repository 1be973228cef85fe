//! The people of the sandbox. All are invented; their codes belong to nobody: of the new ones the digits are a count, and of the
//! old one the check digit is wrong.

/// Somebody who may sign in.
#[derive(Debug, PartialEq, Eq)]
pub struct Persona {
    /// In `login_hint` and in the form.
    pub slug: &'static str,
    /// Who this is, in Latvian, Russian and English.
    pub about: [&'static str; 3],
    pub given_name: &'static str,
    pub surname: &'static str,
    /// The country that gave the code.
    pub country: &'static str,
    pub code: &'static str,
    /// ISO 8601.
    pub born: &'static str,
    /// What the population register has declared; none where it does not know the person.
    pub residence: Option<Residence>,
    /// The codes of the children.
    pub children: &'static [&'static str],
    /// Number and name of the companies to act for.
    pub companies: &'static [(&'static str, &'static str)],
    /// What the register of biometric data has of the fingers; none where it knows nothing of the person.
    pub fingerprints: Option<&'static [&'static str]>,
    /// Old enough, and with the means, to sign in.
    pub signs_in: bool,
}

/// Where somebody lives.
#[derive(Debug, PartialEq, Eq)]
pub struct Residence {
    pub address: &'static str,
    pub postal_code: &'static str,
    /// The municipality's code in the classifier of territories.
    pub territory: &'static str,
    pub since: &'static str,
}

const fn residence(
    address: &'static str,
    postal_code: &'static str,
    territory: &'static str,
    since: &'static str,
) -> Option<Residence> {
    Some(Residence { address, postal_code, territory, since })
}

const BOTH_INDEX_FINGERS: Option<&[&str]> = Some(&["right_index", "left_index"]);

pub static PERSONAS: [Persona; 10] = [
    Persona {
        slug: "adult",
        about: ["Pieaugušais", "Взрослый", "An adult"],
        given_name: "Anna",
        surname: "Bērziņa",
        country: "LV",
        code: "320000-00001",
        born: "1988-05-14",
        residence: residence("Liepu iela 12-4, Rīga", "LV-1050", "0001000", "2019-03-01"),
        children: &[],
        companies: &[],
        fingerprints: BOTH_INDEX_FINGERS,
        signs_in: true,
    },
    Persona {
        slug: "parent",
        about: ["Divu bērnu vecāks", "Родитель двоих детей", "A parent of two"],
        given_name: "Jānis",
        surname: "Ozoliņš",
        country: "LV",
        code: "320000-00002",
        born: "1984-11-02",
        residence: residence("Upes iela 3, Ogre, Ogres novads", "LV-5001", "0040000", "2015-08-20"),
        children: &["320000-00006", "320000-00009"],
        companies: &[],
        fingerprints: BOTH_INDEX_FINGERS,
        signs_in: true,
    },
    Persona {
        slug: "pensioner",
        about: ["Pensionāre", "Пенсионерка", "A pensioner"],
        given_name: "Velta",
        surname: "Krūmiņa",
        country: "LV",
        code: "320000-00003",
        born: "1951-01-30",
        residence: residence("Pils iela 8-21, Cēsis, Cēsu novads", "LV-4101", "0022000", "1979-06-11"),
        children: &[],
        companies: &[],
        fingerprints: Some(&["right_middle", "left_index"]),
        signs_in: true,
    },
    Persona {
        slug: "entrepreneur",
        about: [
            "Uzņēmēja ar diviem uzņēmumiem",
            "Предприниматель с двумя компаниями",
            "An entrepreneur with two companies",
        ],
        given_name: "Ilze",
        surname: "Kalniņa",
        country: "LV",
        code: "320000-00004",
        born: "1979-09-09",
        residence: residence("Jūras iela 27, Liepāja", "LV-3401", "0005000", "2010-02-15"),
        children: &[],
        companies: &[("40003000000", "SIA \"Zaļais pagalms\""), ("40203000000", "SIA \"Jūras koks\"")],
        fingerprints: BOTH_INDEX_FINGERS,
        signs_in: true,
    },
    Persona {
        slug: "no-biometrics",
        about: ["Bez biometrijas datiem BDAS", "Без биометрических данных в BDAS", "Without biometric data in BDAS"],
        given_name: "Artūrs",
        surname: "Vītols",
        country: "LV",
        code: "320000-00005",
        born: "1993-07-21",
        residence: residence("Skolas iela 5-2, Jelgava", "LV-3001", "0003000", "2021-10-05"),
        children: &[],
        companies: &[],
        fingerprints: None,
        signs_in: true,
    },
    Persona {
        slug: "minor",
        about: ["Nepilngadīga", "Несовершеннолетняя", "A minor"],
        given_name: "Elza",
        surname: "Ozoliņa",
        country: "LV",
        code: "320000-00006",
        born: "2011-04-18",
        residence: residence("Upes iela 3, Ogre, Ogres novads", "LV-5001", "0040000", "2015-08-20"),
        children: &[],
        companies: &[],
        fingerprints: None,
        signs_in: true,
    },
    Persona {
        slug: "historic-code",
        about: ["Ar veco personas kodu", "Со старым персональным кодом", "With a historic personal code"],
        given_name: "Pēteris",
        surname: "Liepa",
        country: "LV",
        code: "150248-10001",
        born: "1948-02-15",
        residence: residence("Dārza iela 1, Rēzekne", "LV-4601", "0007000", "1990-12-01"),
        children: &[],
        companies: &[],
        fingerprints: BOTH_INDEX_FINGERS,
        signs_in: true,
    },
    Persona {
        slug: "foreigner",
        about: ["Ārzemniece ar Latvijas kodu", "Иностранка с латвийским кодом", "A foreigner with a Latvian code"],
        given_name: "Maria",
        surname: "Lindqvist",
        country: "LV",
        code: "320000-00007",
        born: "1990-12-12",
        residence: None,
        children: &[],
        companies: &[],
        fingerprints: None,
        signs_in: true,
    },
    Persona {
        slug: "foreign-code",
        about: [
            "Ārzemnieks ar savas valsts kodu",
            "Иностранец с кодом своей страны",
            "A foreigner with the code of another country",
        ],
        given_name: "Tanel",
        surname: "Mägi",
        country: "EE",
        code: "38000000000",
        born: "1980-03-03",
        residence: None,
        children: &[],
        companies: &[],
        fingerprints: None,
        signs_in: true,
    },
    Persona {
        slug: "child",
        about: ["Bērns", "Ребёнок", "A child"],
        given_name: "Kārlis",
        surname: "Ozoliņš",
        country: "LV",
        code: "320000-00009",
        born: "2019-08-30",
        residence: residence("Upes iela 3, Ogre, Ogres novads", "LV-5001", "0040000", "2019-09-03"),
        children: &[],
        companies: &[],
        fingerprints: None,
        signs_in: false,
    },
];

/// Who may sign in.
pub fn signing_in() -> impl Iterator<Item = &'static Persona> {
    PERSONAS.iter().filter(|persona| persona.signs_in)
}

/// Who is meant by a hint or a choice.
#[must_use]
pub fn by_slug(slug: &str) -> Option<&'static Persona> {
    signing_in().find(|persona| persona.slug == slug)
}

/// Whose Latvian code this is.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Persona> {
    PERSONAS.iter().find(|persona| persona.country == "LV" && persona.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_there_twice_and_children_are_somebody() {
        for (at, persona) in PERSONAS.iter().enumerate() {
            for other in &PERSONAS[at + 1..] {
                assert!(persona.slug != other.slug && persona.code != other.code, "{}", persona.slug);
            }
            assert!(persona.children.iter().all(|code| by_code(code).is_some()), "{}", persona.slug);
        }
        assert!(by_slug("child").is_none() && by_code("38000000000").is_none());
    }
}
