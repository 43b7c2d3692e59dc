/**
 * Who touched what, and why: one append-only log for each tenant, and what its tree was signed as. Kept apart from the
 * people it is about, so that it outlives them, and by tenant, so that one log lies on one machine.
 * Text that holds no person's name: ids, types, parameter names and counts. Scopes as in 0001.
 */
export const sql = `
-- scope: directory
create table audit_event (
  tenant_id text collate "C" not null,
  seq bigint not null,
  at timestamptz not null,
  action text collate "C" not null,
  kind text collate "C" not null,
  outcome text collate "C" not null,
  agent text collate "C" not null,
  leaf text collate "C" not null,
  leaf_hash bytea not null,
  mac bytea not null,
  primary key (tenant_id, seq)
);
create index audit_event_by_time on audit_event using brin (at);
create index audit_event_by_agent on audit_event (tenant_id, agent, seq);

-- scope: directory
create table audit_patient (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  seq bigint not null,
  primary key (tenant_id, patient_id, seq)
);
create index audit_patient_by_event on audit_patient (tenant_id, seq);

-- scope: directory
create table audit_log (
  tenant_id text collate "C" not null,
  size bigint not null,
  frontier bytea not null,
  root bytea not null,
  signed_at timestamptz not null,
  key_id text collate "C" not null,
  signature bytea not null,
  head_kept_at timestamptz not null,
  primary key (tenant_id)
);

-- scope: directory
create table audit_head (
  tenant_id text collate "C" not null,
  size bigint not null,
  root bytea not null,
  signed_at timestamptz not null,
  key_id text collate "C" not null,
  signature bytea not null,
  primary key (tenant_id, size)
);
`
