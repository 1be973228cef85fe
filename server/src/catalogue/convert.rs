//! Other forms of catalogues, made into CPSV-AP.

pub mod ptv;
