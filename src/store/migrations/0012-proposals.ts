/** Facts that a document seems to state, until a person has confirmed or rejected them. Scopes as in 0001. */
export const sql = `
-- scope: patient
create table proposed_fact (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  document_id text collate "C" not null,
  document_version integer not null,
  ordinal integer not null,
  body bytea not null,
  state text collate "C" not null check (state in ('proposed', 'confirmed', 'rejected', 'replaced')),
  resource_type text,
  resource_id text,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  primary key (tenant_id, patient_id, document_id, document_version, ordinal),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);
create index proposed_fact_by_state on proposed_fact (tenant_id, state, proposed_at);
`
