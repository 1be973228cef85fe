//! JSON Schema of what the derived form cannot say: conditions and measures, which are read out of maps by their keys.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Condition, Measure, Raw, Required};

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "Condition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (own, measure) = (generator.subschema_for::<Self>(), generator.subschema_for::<Measure>());
        json_schema!({
            "description": "Something that holds or does not. What is not answered makes every comparison with it false.",
            "oneOf": [
                one("all", json_schema!({"type": "array", "items": own})),
                one("any", json_schema!({"type": "array", "items": own})),
                one("not", own.clone()),
                one("answered", json_schema!({"type": "string", "description": "Id of a field."})),
                one("fact", json_schema!({"type": "string", "description": "Id of a fact that holds or does not."})),
                {
                    "type": "object", "required": ["field", "equals"], "additionalProperties": false,
                    "properties": {"field": {"type": "string"}, "equals": {"type": ["string", "integer", "boolean"]}},
                },
                {
                    "type": "object", "required": ["field", "one_of"], "additionalProperties": false,
                    "properties": {"field": {"type": "string"}, "one_of": {"type": "array", "items": {"type": "string"}}},
                },
                {
                    "type": "object", "required": ["compare"], "minProperties": 2, "maxProperties": 2,
                    "additionalProperties": false,
                    "properties": {
                        "compare": measure, "at_least": measure, "at_most": measure, "above": measure, "below": measure,
                        "is": measure,
                    },
                },
            ],
        })
    }
}

impl JsonSchema for Measure {
    fn schema_name() -> Cow<'static, str> {
        "Measure".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let named = |key: &str| one(key, json_schema!({"type": "string"}));
        json_schema!({
            "description": "A number, a day, or one of them out of the answers.",
            "oneOf": [
                {"type": "integer"},
                {"type": "string", "description": "A day: 2024-01-01, today, today-18y, today+6m, today-30d."},
                named("number"), named("date"), named("age"), named("count"), named("sum"), named("fact"),
            ],
        })
    }
}

impl JsonSchema for Required {
    fn schema_name() -> Cow<'static, str> {
        "Required".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let condition = generator.subschema_for::<Condition>();
        json_schema!({"description": "Whether an answer is needed.", "oneOf": [{"type": "boolean"}, condition]})
    }
}

impl JsonSchema for Raw {
    fn schema_name() -> Cow<'static, str> {
        "Answers".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"description": "Answers by the id of their field.", "type": "object"})
    }
}

/// A map of one key.
fn one(key: &str, value: Schema) -> Schema {
    json_schema!({"type": "object", "properties": {key: value}, "required": [key], "additionalProperties": false})
}
