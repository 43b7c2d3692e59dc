/**
 * Work to be done later, and received files that wait for it. Scopes as in 0001. The queue stays on one machine of a
 * cluster: workers take rows and skip those that others hold, which is not possible across machines.
 * job.live is true while a job waits or runs and null afterwards, so that one key is one job as long as it is live.
 */
export const sql = `
-- scope: store
create table job (
  tenant_id text collate "C" not null,
  job_id uuid not null default gen_random_uuid(),
  kind text collate "C" not null,
  key text collate "C" not null,
  payload jsonb not null,
  state text collate "C" not null check (state in ('waiting', 'running', 'done', 'dead', 'cancelled')),
  live boolean check (live),
  due_at timestamptz not null,
  attempt integer not null default 0,
  attempts integer not null,
  worker text,
  steps_done integer not null default 0,
  steps integer,
  progress text not null default '',
  fault jsonb,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, job_id),
  unique (tenant_id, kind, key, live)
);
create index job_due on job (tenant_id, due_at, made_at) where live;
create index job_by_change on job (tenant_id, changed_at);

-- scope: patient
create table upload (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  upload_id uuid not null,
  sealed bytea not null,
  received_at timestamptz not null,
  primary key (tenant_id, patient_id, upload_id),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);
create index upload_by_id on upload (upload_id);
`
