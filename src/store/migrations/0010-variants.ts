/**
 * Every variant call of people's files, twice: by person, one sealed and compressed row a reading; and by variant, the
 * readings that carry it. Scopes as in 0001.
 * A variant is named by a keyed digest of its coordinates, and a reading by a number that only variant_reading leads
 * back to a person: what lies by variant tells nothing without the keys, and nothing of people who were removed.
 * variant_delta holds what a reading adds until a job folds it in: digests of 16 bytes, one after another.
 */
export const sql = `
-- scope: patient
create table variant_reading (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  reading text collate "C" not null,
  number bigint generated always as identity,
  assembly text collate "C" not null,
  calls integer not null,
  head bytea not null,
  packed bytea not null,
  primary key (tenant_id, patient_id, reading),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);
alter table variant_reading alter column packed set storage external;
create index variant_reading_by_number on variant_reading (tenant_id, number);

-- scope: patient
create table variant_delta (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  reading text collate "C" not null,
  number bigint not null,
  one_copy bytea not null,
  more_copies bytea not null,
  primary key (tenant_id, patient_id, reading),
  foreign key (tenant_id, patient_id, reading) references variant_reading on delete cascade
);
alter table variant_delta alter column one_copy set storage external;
alter table variant_delta alter column more_copies set storage external;

-- scope: directory
create table variant_carriers (
  tenant_id text collate "C" not null,
  variant uuid not null,
  one_copy integer[] not null,
  more_copies integer[] not null,
  primary key (tenant_id, variant)
);

-- scope: directory
create table variant_retired (
  tenant_id text collate "C" not null,
  number bigint not null,
  primary key (tenant_id, number)
);
`
