//! Uses of e-services: drafts, and what was sent. What was answered is sealed.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, SelectStatement};
use sea_orm::{ActiveValue, PaginatorTrait, QueryOrder, QuerySelect, QueryTrait};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_use")]
pub struct Model {
    /// Made by the citizen's device, 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// That of its reference.
    #[sea_orm(unique)]
    pub number: i64,
    /// None where nobody was signed in.
    pub person_id: Option<String>,
    /// The registration number of the company that it was begun for; empty, for oneself.
    pub company: String,
    pub e_service: String,
    pub version: i32,
    /// `draft`; `sent`, `taken`, `asked`, `decided` or `withdrawn` at an institution; `answered` by a registry; `ended`.
    pub state: String,
    pub revision: i32,
    /// `uses::Kept`, as JSON, for the place `use:<id>`.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    /// Milliseconds since 1970.
    pub started_at: i64,
    pub changed_at: i64,
    pub finished_at: Option<i64>,
    /// When the answers were deleted, because their time was over.
    pub forgotten_at: Option<i64>,
    /// Slug of the institution that decides it, once sent, and until when (ISO 8601 day).
    pub institution: Option<String>,
    pub decide_by: Option<String>,
    pub decided_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Adds a use; fails where there is one of the same id or number.
pub async fn add(db: &impl ConnectionTrait, row: Model) -> Result<(), DbErr> {
    let row: ActiveModel = row.into();
    Entity::insert(row.reset_all()).exec_without_returning(db).await.map(drop)
}

pub async fn by_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id.to_owned()).one(db).await
}

/// Writes what may change of a use, in place of a draft of that revision; `false` where it is none, or has changed since.
pub async fn change(db: &impl ConnectionTrait, row: &Model, revision: i32) -> Result<bool, DbErr> {
    let changed = ActiveModel {
        id: ActiveValue::NotSet,
        version: ActiveValue::Set(row.version),
        state: ActiveValue::Set(row.state.clone()),
        revision: ActiveValue::Set(row.revision),
        sealed: ActiveValue::Set(row.sealed.clone()),
        changed_at: ActiveValue::Set(row.changed_at),
        finished_at: ActiveValue::Set(row.finished_at),
        forgotten_at: ActiveValue::Set(row.forgotten_at),
        institution: ActiveValue::Set(row.institution.clone()),
        decide_by: ActiveValue::Set(row.decide_by.clone()),
        decided_at: ActiveValue::Set(row.decided_at),
        ..Default::default()
    };
    let same = Entity::update_many().set(changed).filter(Column::Id.eq(&row.id)).filter(Column::Revision.eq(revision));
    Ok(same.exec(db).await?.rows_affected > 0)
}

/// A person's, for a company or for themselves: the newest first, and how many there are.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person_id: &str,
    company: &str,
    limit: u64,
    offset: u64,
) -> Result<(Vec<Model>, u64), DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    let total = own.clone().count(db).await?;
    let newest = own.order_by_desc(Column::StartedAt).order_by_asc(Column::Id);
    Ok((newest.limit(limit).offset(offset).all(db).await?, total))
}

/// A person's in one state, those that have waited longest first.
pub async fn in_state(
    db: &impl ConnectionTrait,
    (person_id, company): (&str, &str),
    state: &str,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let own = Entity::find().filter(Column::PersonId.eq(person_id)).filter(Column::Company.eq(company));
    own.filter(Column::State.eq(state)).order_by_asc(Column::ChangedAt).limit(most).all(db).await
}

/// What of an institution's queue is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Queue<'a> {
    pub institution: &'a str,
    /// A person whose own are left out.
    pub not_of: Option<&'a str>,
    /// None: all that are not decided.
    pub state: Option<&'a str>,
    pub limit: u64,
    pub offset: u64,
}

/// A page of an institution's queue, without what waits for its payment: those to be decided soonest first; and how many there
/// are.
pub async fn queue(db: &impl ConnectionTrait, wanted: &Queue<'_>) -> Result<(Vec<Model>, u64), DbErr> {
    let own = Entity::find().filter(Column::Institution.eq(wanted.institution));
    let own = match wanted.state {
        Some(state) => own.filter(Column::State.eq(state)),
        // A dispute is to be answered after the decision, too.
        None => own.filter(
            Column::State.is_in(["sent", "taken", "asked"]).or(Column::Id.in_subquery(super::bill::disputed())),
        ),
    };
    let own = own.filter(Column::ForgottenAt.is_null()).filter(Column::Id.not_in_subquery(super::bill::to_pay()));
    let own = match wanted.not_of {
        Some(person) => own.filter(Column::PersonId.is_null().or(Column::PersonId.ne(person))),
        None => own,
    };
    let total = own.clone().count(db).await?;
    let soonest = own.order_by_asc(Column::DecideBy).order_by_asc(Column::FinishedAt).order_by_asc(Column::Id);
    Ok((soonest.limit(wanted.limit).offset(wanted.offset).all(db).await?, total))
}

/// When uses of an e-service were sent and decided, those decided since a moment, the newest first.
pub async fn decided_since(
    db: &impl ConnectionTrait,
    e_service: &str,
    since: i64,
    most: u64,
) -> Result<Vec<(i64, i64)>, DbErr> {
    let decided = Entity::find().filter(Column::EService.eq(e_service)).filter(Column::DecidedAt.gte(since));
    let decided = decided.filter(Column::FinishedAt.is_not_null()).order_by_desc(Column::DecidedAt).limit(most);
    decided.select_only().column(Column::FinishedAt).column(Column::DecidedAt).into_tuple().all(db).await
}

/// The ids of those whose answers are deleted.
pub(super) fn forgotten() -> SelectStatement {
    Entity::find().filter(Column::ForgottenAt.is_not_null()).select_only().column(Column::Id).into_query()
}

/// Some of a version that wait for nobody, hold answers still, and have not changed since a moment: decided, taken back,
/// answered; sent to nobody, or never paid.
pub async fn to_forget(
    db: &impl ConnectionTrait,
    (e_service, version): (&str, u32),
    before: i64,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let old = Entity::find().filter(Column::ForgottenAt.is_null()).filter(Column::ChangedAt.lt(before));
    let own = old.filter(Column::EService.eq(e_service)).filter(Column::Version.eq(version));
    let unread = Column::Institution.is_null().or(Column::Id.in_subquery(super::bill::to_pay()));
    let done = Column::State.is_not_in(["draft", "sent", "taken", "asked"]).or(Column::State.eq("sent").and(unread));
    let done = own.filter(done);
    done.order_by_asc(Column::ChangedAt).limit(most).all(db).await
}

/// Some drafts that have not changed since a moment.
pub async fn old_drafts(db: &impl ConnectionTrait, before: i64, most: u64) -> Result<Vec<Model>, DbErr> {
    let old = Entity::find().filter(Column::ForgottenAt.is_null()).filter(Column::ChangedAt.lt(before));
    old.filter(Column::State.eq("draft")).order_by_asc(Column::ChangedAt).limit(most).all(db).await
}

/// Some in some states that have not changed since a moment and hold answers still, after an id, in order.
pub async fn unchanged(
    db: &impl ConnectionTrait,
    states: &[&str],
    before: i64,
    after: &str,
    most: u64,
) -> Result<Vec<Model>, DbErr> {
    let some = Entity::find().filter(Column::State.is_in(states.iter().copied())).filter(Column::ForgottenAt.is_null());
    let some = some.filter(Column::ChangedAt.lt(before)).filter(Column::Id.gt(after));
    some.order_by_asc(Column::Id).limit(most).all(db).await
}

/// Rows after an id, in order.
pub async fn after(db: &impl ConnectionTrait, id: &str, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::Id.gt(id)).order_by_asc(Column::Id).limit(most).all(db).await
}

/// Puts the same, sealed anew, in place of what was sealed before, unless it has changed since.
pub async fn reseal(db: &impl ConnectionTrait, before: &Model, sealed: String) -> Result<(), DbErr> {
    let row = Entity::update_many().col_expr(Column::Sealed, sealed.into()).filter(Column::Id.eq(&before.id));
    row.filter(Column::Sealed.eq(&before.sealed)).exec(db).await.map(drop)
}

/// Whether a number is nobody's.
pub async fn is_free(db: &impl ConnectionTrait, number: i64) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(Column::Number.eq(number)).count(db).await? == 0)
}
