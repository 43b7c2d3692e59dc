/**
 * Wrapped keys, and room for what is sealed under them. Rows that were written in plain text before are sealed by
 * src/store/vault/seal-plain-rows.ts, which then drops the plain columns. Scopes as in 0001.
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
create table legal_hold (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  reason text not null,
  at timestamptz not null,
  by text not null,
  primary key (tenant_id, patient_id)
);
`
