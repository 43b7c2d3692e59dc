/** Files of tumours by specimen, and what tumour boards decided, version by version. Scopes as in 0001. */
export const sql = `
-- scope: patient
create table tumor_file (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  file_id text collate "C" not null,
  body bytea not null,
  kept_at timestamptz not null,
  primary key (tenant_id, patient_id, file_id),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);

-- scope: patient
create table board_decision (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  decision_id text collate "C" not null,
  version integer not null,
  state text collate "C" not null check (state in ('draft', 'final', 'amended')),
  body bytea not null,
  basis bytea not null,
  saved_at timestamptz not null,
  saved_by text collate "C" not null,
  primary key (tenant_id, patient_id, decision_id, version),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);
`
