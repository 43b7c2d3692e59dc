/**
 * Who a person is, and what is known of them.
 * Every table says its scope, which the dialect test holds it to:
 *   patient    about one person: (tenant_id, patient_id) leads every key, so that a cluster can spread people over machines
 *   directory  finds a person by something else: spread by that, without foreign keys
 *   store      one small table of the whole store
 * Text that is compared or sorted is collated "C": the same order on every server.
 */
export const sql = `
-- scope: store
create table store_identity (
  only_row boolean primary key default true check (only_row),
  store_id uuid not null default gen_random_uuid()
);
insert into store_identity default values;

-- scope: patient
create table patient (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  name text,
  name_key text collate "C" not null,
  sex text not null check (sex in ('female', 'male', 'other', 'unknown')),
  birth_date text,
  context jsonb not null default '{}',
  version integer not null,
  added_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, patient_id)
);
create index patient_by_name on patient (tenant_id, name_key, patient_id);

-- scope: patient
create table patient_identifier (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  system text collate "C" not null,
  value text collate "C" not null,
  ordinal integer not null,
  primary key (tenant_id, patient_id, system, value),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);

-- scope: directory
create table identifier_directory (
  tenant_id text collate "C" not null,
  system text collate "C" not null,
  value text collate "C" not null,
  patient_id text collate "C" not null,
  primary key (tenant_id, system, value)
);

-- scope: patient
create table archived_file (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  sha256 text collate "C" not null,
  name text not null,
  format text not null,
  bytes bigint not null,
  received_at timestamptz not null,
  primary key (tenant_id, patient_id, sha256),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);
create index archived_file_by_content on archived_file (tenant_id, sha256);

-- scope: patient
create table genotype_set (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  ordinal integer not null,
  sample text not null,
  file_name text not null,
  file_format text not null,
  file_sha256 text collate "C",
  assembly text not null,
  packed bytea not null,
  primary key (tenant_id, patient_id, ordinal),
  foreign key (tenant_id, patient_id) references patient on delete cascade,
  foreign key (tenant_id, patient_id, file_sha256) references archived_file
);
alter table genotype_set alter column packed set storage external;

-- scope: directory
create table sample_directory (
  tenant_id text collate "C" not null,
  file_sha256 text collate "C" not null,
  sample text collate "C" not null,
  patient_id text collate "C" not null,
  primary key (tenant_id, file_sha256, sample)
);

-- scope: patient
create table outside_call (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  ordinal integer not null,
  gene text not null,
  diplotype text,
  phenotype text,
  activity_score text,
  file_name text not null,
  file_format text not null,
  file_sha256 text collate "C",
  line integer not null,
  primary key (tenant_id, patient_id, ordinal),
  foreign key (tenant_id, patient_id) references patient on delete cascade,
  foreign key (tenant_id, patient_id, file_sha256) references archived_file
);

-- scope: patient
create table drug_use (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  ordinal integer not null,
  text text not null,
  rxcui text,
  atc text,
  status text not null check (status in ('taking', 'considered')),
  primary key (tenant_id, patient_id, ordinal),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);

-- scope: patient
create table measurement (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  kind text collate "C" not null,
  value double precision not null,
  unit text not null,
  primary key (tenant_id, patient_id, kind),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);

-- scope: patient
create table event (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  number integer not null,
  kind text not null,
  at timestamptz not null,
  by text not null,
  detail jsonb not null,
  primary key (tenant_id, patient_id, number)
);
`
