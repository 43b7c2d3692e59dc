/**
 * Wrapped keys, and columns for what is sealed under them. Rows that were written in plain text before are sealed by
 * src/store/plain/, which needs the keys; it then drops what is in plain text here. Scopes as in 0001.
 */
export const sql = `
-- scope: store
create table vault_state (
  only_row boolean primary key default true check (only_row),
  keyring_id text not null,
  root_id text not null,
  blind_secret bytea not null,
  generation integer not null,
  plain_rows_sealed boolean not null default false
);

-- scope: directory
create table tenant_key (
  tenant_id text collate "C" not null,
  version integer not null,
  root_id text not null,
  wrapped bytea not null,
  made_at timestamptz not null default now(),
  primary key (tenant_id, version)
);

-- scope: patient
create table patient_key (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  version integer not null,
  tenant_version integer not null,
  handle bytea not null,
  wrapped bytea not null,
  primary key (tenant_id, patient_id, version)
);
create index patient_key_by_tenant_version on patient_key (tenant_id, tenant_version);

-- scope: patient
create table destroyed_key (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  version integer not null,
  handle bytea not null,
  reason text not null,
  at timestamptz not null,
  primary key (tenant_id, patient_id, version)
);

-- scope: patient
create table merged_key (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  handle bytea not null,
  retired_id text collate "C" not null,
  version integer not null,
  primary key (tenant_id, patient_id, handle)
);

-- scope: patient
create table legal_hold (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  reason text not null,
  at timestamptz not null,
  by text not null,
  primary key (tenant_id, patient_id)
);

-- scope: directory
create table identifier_digest (
  tenant_id text collate "C" not null,
  digest text collate "C" not null,
  patient_id text collate "C" not null,
  primary key (tenant_id, digest)
);
create index identifier_digest_by_patient on identifier_digest (tenant_id, patient_id);

-- scope: directory
create table sample_digest (
  tenant_id text collate "C" not null,
  digest text collate "C" not null,
  patient_id text collate "C" not null,
  primary key (tenant_id, digest)
);
create index sample_digest_by_patient on sample_digest (tenant_id, patient_id);

alter table patient add column sealed_identity bytea;
alter table patient add column sealed_context bytea;
alter table patient add column found_by bigint[] not null default '{}';
alter table patient alter column name_key drop not null;
create index patient_found_by on patient using gin (found_by) with (fastupdate = off);

alter table archived_file rename column sha256 to content;
alter table archived_file add column sealed bytea;
alter table archived_file alter column name drop not null;

alter table genotype_set rename column file_sha256 to content;
alter table genotype_set add column sealed bytea;
alter table genotype_set add column reading text collate "C";
alter table genotype_set alter column sealed set storage external;
alter table genotype_set alter column sample drop not null;
alter table genotype_set alter column file_name drop not null;
alter table genotype_set alter column packed drop not null;

alter table outside_call rename column file_sha256 to content;
alter table outside_call add column sealed bytea;
alter table outside_call alter column gene drop not null;
alter table outside_call alter column file_name drop not null;
alter table outside_call alter column file_format drop not null;
alter table outside_call alter column line drop not null;

alter table drug_use add column sealed bytea;
alter table drug_use alter column text drop not null;
alter table drug_use alter column status drop not null;

alter table measurement add column sealed bytea;
alter table measurement alter column value drop not null;
alter table measurement alter column unit drop not null;

alter table plan add column sealed bytea;
alter table plan alter column sealed set storage external;
alter table plan alter column body drop not null;

alter table finding add column sealed bytea;
alter table finding alter column body drop not null;

alter table cds_feedback add column sealed_reason bytea;
`
