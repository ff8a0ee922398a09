//! The system catalogs by their oids, which never change: half of the key of every object of a server.

/// `pg_type`.
pub(in crate::dialect::postgres) const TYPE: u32 = 1247;
/// `pg_proc`.
pub(in crate::dialect::postgres) const PROC: u32 = 1255;
/// `pg_class`.
pub(in crate::dialect::postgres) const CLASS: u32 = 1259;
/// `pg_foreign_server`.
pub(in crate::dialect::postgres) const FOREIGN_SERVER: u32 = 1417;
/// `pg_user_mapping`.
pub(in crate::dialect::postgres) const USER_MAPPING: u32 = 1418;
/// `pg_foreign_data_wrapper`.
pub(in crate::dialect::postgres) const FOREIGN_DATA_WRAPPER: u32 = 2328;
/// `pg_attrdef`.
pub(in crate::dialect::postgres) const ATTRDEF: u32 = 2604;
/// `pg_cast`.
pub(in crate::dialect::postgres) const CAST: u32 = 2605;
/// `pg_constraint`.
pub(in crate::dialect::postgres) const CONSTRAINT: u32 = 2606;
/// `pg_opclass`.
pub(in crate::dialect::postgres) const OPCLASS: u32 = 2616;
/// `pg_namespace`.
pub(in crate::dialect::postgres) const NAMESPACE: u32 = 2615;
/// `pg_operator`.
pub(in crate::dialect::postgres) const OPERATOR: u32 = 2617;
/// `pg_rewrite`.
pub(in crate::dialect::postgres) const REWRITE: u32 = 2618;
/// `pg_trigger`.
pub(in crate::dialect::postgres) const TRIGGER: u32 = 2620;
/// `pg_opfamily`.
pub(in crate::dialect::postgres) const OPFAMILY: u32 = 2753;
/// `pg_extension`.
pub(in crate::dialect::postgres) const EXTENSION: u32 = 3079;
/// `pg_policy`.
pub(in crate::dialect::postgres) const POLICY: u32 = 3256;
/// `pg_statistic_ext`.
pub(in crate::dialect::postgres) const STATISTIC_EXT: u32 = 3381;
/// `pg_collation`.
pub(in crate::dialect::postgres) const COLLATION: u32 = 3456;
/// `pg_event_trigger`.
pub(in crate::dialect::postgres) const EVENT_TRIGGER: u32 = 3466;
/// `pg_ts_dict`.
pub(in crate::dialect::postgres) const TS_DICT: u32 = 3600;
/// `pg_ts_config`.
pub(in crate::dialect::postgres) const TS_CONFIG: u32 = 3602;
/// `pg_subscription`.
pub(in crate::dialect::postgres) const SUBSCRIPTION: u32 = 6100;
/// `pg_publication`.
pub(in crate::dialect::postgres) const PUBLICATION: u32 = 6104;
/// `pg_default_acl`.
pub(in crate::dialect::postgres) const DEFAULT_ACL: u32 = 826;
/// `pg_amop`.
pub(in crate::dialect::postgres) const AMOP: u32 = 2602;
/// `pg_publication_rel`.
pub(in crate::dialect::postgres) const PUBLICATION_REL: u32 = 6106;
/// `pg_publication_namespace`.
pub(in crate::dialect::postgres) const PUBLICATION_NAMESPACE: u32 = 6237;
