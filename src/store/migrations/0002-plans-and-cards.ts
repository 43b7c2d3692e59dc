/** What was concluded, what was shown, and what the prescriber did with it. Scopes as in 0001. */
export const sql = `
-- scope: patient
create table plan (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  version integer not null,
  engine_name text not null,
  engine_version text not null,
  facts jsonb not null,
  record_version integer not null,
  made_at timestamptz not null,
  body json not null,
  primary key (tenant_id, patient_id, version),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);

-- scope: patient
create table finding (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  plan_version integer not null,
  ordinal integer not null,
  kind text collate "C" not null,
  subject text collate "C" not null,
  body json not null,
  primary key (tenant_id, patient_id, plan_version, ordinal),
  foreign key (tenant_id, patient_id, plan_version) references plan on delete cascade
);

-- scope: directory
create table cds_card (
  tenant_id text collate "C" not null,
  card_uuid text collate "C" not null,
  patient_id text collate "C" not null,
  service text not null,
  hook text not null,
  rules jsonb not null,
  issued_at timestamptz not null,
  primary key (tenant_id, card_uuid)
);
create index cds_card_by_patient on cds_card (tenant_id, patient_id);

-- scope: patient
create table cds_feedback (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  card_uuid text collate "C" not null,
  outcome text collate "C" not null check (outcome in ('accepted', 'overridden')),
  outcome_at timestamptz not null,
  service text not null,
  hook text not null,
  rules jsonb not null,
  accepted_suggestions jsonb not null,
  override_reason jsonb,
  received_at timestamptz not null,
  received_by text not null,
  primary key (tenant_id, patient_id, card_uuid, outcome, outcome_at)
);
`
