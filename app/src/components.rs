//! Pieces of interface that know what a service is. They show what they are given; none fetches.

pub mod banners;
pub mod facet_group;
pub mod facets;
pub mod fees;
pub mod footer;
pub mod guide_steps;
pub mod header;
pub mod kind_tags;
pub mod life_event_list;
pub mod look;
pub mod missing;
pub mod no_hits;
pub mod place_list;
pub mod recent_searches;
pub mod result;
pub mod results;
pub mod search_box;
pub mod service_body;
pub mod service_channels;
pub mod service_facts;
pub mod star;
pub mod territory_select;
