/**
 * What the resources of a person say for the typed record, each with the version that said it: sealed, deflated JSON. A
 * message is filed without reading again what has not changed. Null: to be read anew.
 */
export const sql = `
alter table derived_record alter column sealed drop not null;
alter table derived_record add column statements bytea;
alter table derived_record alter column statements set storage external;
`
