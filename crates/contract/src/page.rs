//! The first part of each page's path, after the language: the server must know which pages there are (to answer 404),
//! the app which one to show.

pub const SERVICES: &str = "services";
pub const LIFE_EVENTS: &str = "life-events";
pub const INSTITUTIONS: &str = "institutions";
pub const FAVOURITES: &str = "favourites";
pub const GUIDE: &str = "guide";
pub const HELP: &str = "help";
pub const ABOUT: &str = "about";
pub const SIGN_IN: &str = "sign-in";
pub const SIGNED_OUT: &str = "signed-out";
pub const ACCOUNT: &str = "account";
pub const E_SERVICES: &str = "e-services";
pub const USES: &str = "uses";
pub const BILLS: &str = "bills";
pub const NOTICES: &str = "notices";
pub const WORKSPACE: &str = "workspace";
pub const OWN: &str = "own";
pub const RECORD: &str = "record";
pub const DOCUMENTS: &str = "documents";
pub const GENUINE: &str = "genuine";
pub const LETTERS: &str = "letters";
pub const DESK: &str = "desk";
pub const REMINDERS: &str = "reminders";

/// All of them.
pub const ALL: [&str; 21] = [
    SERVICES,
    LIFE_EVENTS,
    INSTITUTIONS,
    FAVOURITES,
    GUIDE,
    HELP,
    ABOUT,
    SIGN_IN,
    SIGNED_OUT,
    ACCOUNT,
    USES,
    BILLS,
    NOTICES,
    WORKSPACE,
    OWN,
    RECORD,
    DOCUMENTS,
    GENUINE,
    LETTERS,
    REMINDERS,
    DESK,
];

/// The e-service by which one asks whoever runs the portal, where there is one.
pub const SUPPORT: &str = "portal-support";

/// Below a life event.
pub const PLAN: &str = "plan";

/// Below [`ACCOUNT`].
pub const HISTORY: &str = "history";
pub const SESSIONS: &str = "sessions";
pub const DATA: &str = "data";

/// Below a use: places of the walk that are no step. Steps' ids have no hyphen.
pub const TERMS: &str = "terms-of-use";
pub const TASKS: &str = "task-list";
pub const CHECK: &str = "check-answers";
pub const DEFICIENCIES: &str = "report-deficiencies";
