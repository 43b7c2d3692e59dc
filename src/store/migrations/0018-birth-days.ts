/**
 * How many people of one birth date were ever registered, by a keyed digest of the date. Who registers somebody says what
 * the number was when it was looked whether the person is known: two servers do not make two charts of one person.
 */
export const sql = `
-- scope: directory
create table birth_day (
  tenant_id text collate "C" not null,
  digest text collate "C" not null,
  registered integer not null,
  primary key (tenant_id, digest)
);
`
