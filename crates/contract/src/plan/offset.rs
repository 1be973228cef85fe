//! A date that is counted from the event.

use serde::{Deserialize, Serialize};

use super::Day;

/// So many days or months after the event; before it when negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offset {
    pub count: i16,
    pub unit: OffsetUnit,
}

/// What an [`Offset`] counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OffsetUnit {
    Days,
    WorkingDays,
    Months,
}

impl Offset {
    /// The day, counted from an event. The day of the event itself does not count.
    #[must_use]
    pub fn from(self, event: Day) -> Day {
        let count = i32::from(self.count);
        match self.unit {
            OffsetUnit::Days => event.plus(count),
            OffsetUnit::WorkingDays => event.plus_working_days(count),
            OffsetUnit::Months => event.plus_months(count),
        }
    }

    /// About how many days, where the day of the event is not known: for the order.
    pub(super) fn about(self) -> i32 {
        let count = i32::from(self.count);
        match self.unit {
            OffsetUnit::Days => count,
            OffsetUnit::WorkingDays => count * 7 / 5,
            OffsetUnit::Months => count * 61 / 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_mirrors_after_and_about_is_near() {
        let event = Day::parse("2026-11-18").unwrap();
        for unit in [OffsetUnit::Days, OffsetUnit::WorkingDays, OffsetUnit::Months] {
            for count in -36..=36 {
                let offset = Offset { count, unit };
                let days = offset.from(event).since(event);
                assert_eq!(days.signum(), i32::from(count).signum(), "{offset:?}");
                assert!((days - offset.about()).abs() <= 12, "{offset:?}: {days} is not about {}", offset.about());
            }
        }
    }
}
