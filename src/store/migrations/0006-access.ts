/**
 * What people consented to, as queries ask it; who broke the glass; what research has been told. Scopes as in 0001.
 * Instants of a consent are ms since the epoch (null: open), so that they compare as they do in memory.
 */
export const sql = `
-- scope: patient
create table consent_rule (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  consent_id text collate "C" not null,
  stated_at bigint,
  categories text[] not null,
  from_at bigint,
  last_begins bigint,
  until_at bigint,
  purposes text[],
  policy text check (policy in ('permit', 'deny')),
  base text check (base in ('permit', 'deny')),
  primary key (tenant_id, patient_id, consent_id),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);

-- scope: patient
create table consent_provision (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  consent_id text collate "C" not null,
  ordinal integer not null,
  depth integer not null,
  type text check (type in ('permit', 'deny')),
  from_at bigint,
  last_begins bigint,
  until_at bigint,
  actors text[],
  purposes text[],
  about_reading boolean not null,
  has_content boolean not null,
  classes text[] not null,
  labels text[] not null,
  labels_meant text[] not null,
  codes text[] not null,
  resources text[] not null,
  untestable boolean not null,
  primary key (tenant_id, patient_id, consent_id, ordinal),
  foreign key (tenant_id, patient_id, consent_id) references consent_rule on delete cascade
);

-- scope: patient
create table break_glass (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  grant_id text collate "C" not null,
  granted_to text not null,
  reason text not null,
  explanation bytea not null,
  granted_at timestamptz not null,
  until_at timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by text,
  outcome text check (outcome in ('appropriate', 'inappropriate')),
  primary key (tenant_id, patient_id, grant_id),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);
create index break_glass_unreviewed on break_glass (tenant_id, granted_at) where reviewed_at is null;
create index break_glass_by_user on break_glass (tenant_id, granted_to, until_at);

-- scope: directory
create table disclosed_count (
  tenant_id text collate "C" not null,
  asker text collate "C" not null,
  question_digest text collate "C" not null,
  asked_at timestamptz not null,
  shown integer,
  members bytea not null,
  primary key (tenant_id, asker, question_digest)
);
`
