//! The structure of a paper for who does not see it: nodes, which the drawing fills with marks.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// A node by its place in [`Tags`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At(usize);

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Role {
    /// 1 is the title.
    Heading(NonZeroU16, String),
    Text,
    Link,
    /// With what it says to who does not see it.
    Figure(String),
    Table,
    Head,
    Body,
    Row,
    ColumnName,
    RowName,
    Cell,
}

#[derive(Default)]
pub(crate) struct Tags {
    nodes: Vec<(Role, Option<At>, Vec<Identifier>)>,
}

impl Tags {
    pub(crate) fn add(&mut self, role: Role, within: Option<At>) -> At {
        self.nodes.push((role, within, Vec::new()));
        At(self.nodes.len() - 1)
    }

    pub(crate) fn mark(&mut self, at: At, mark: Identifier) {
        if let Some((_, _, marks)) = self.nodes.get_mut(at.0) {
            marks.push(mark);
        }
    }

    /// All of it; what has nothing in it is left out.
    pub(crate) fn tree(&self, lang: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(lang.into()));
        for group in self.groups(None) {
            tree.push(group);
        }
        tree
    }

    fn groups(&self, within: Option<At>) -> Vec<TagGroup> {
        let own = self.nodes.iter().enumerate().filter(|(_, (_, parent, _))| *parent == within);
        own.map(|(at, (role, _, marks))| {
            let marks = marks.iter().map(|mark| Node::from(*mark));
            let below = self.groups(Some(At(at))).into_iter().map(Node::from);
            TagGroup::with_children(kind(role), marks.chain(below).collect())
        })
        .filter(|group| !group.children.is_empty())
        .collect()
    }
}

fn kind(role: &Role) -> TagKind {
    match role {
        Role::Heading(level, title) => Tag::Hn(*level, Some(title.clone())).into(),
        Role::Text => Tag::P.into(),
        Role::Link => Tag::Link.into(),
        Role::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
        Role::Table => Tag::Table.into(),
        Role::Head => Tag::THead.into(),
        Role::Body => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnName => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowName => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
    }
}
