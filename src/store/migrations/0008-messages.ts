/**
 * Messages of other systems, as received and as sent. Scopes as in 0001. A message belongs to nobody until its person
 * is known, so that it is found by tenant alone; `patient_id` names the compartment whose key seals it, '' the tenant's.
 * `claim` is the control id of the first message that had it: a second one with other bytes is kept without.
 */
export const sql = `
-- scope: directory
create table exchange_message (
  tenant_id text collate "C" not null,
  message_id text collate "C" not null,
  direction text not null check (direction in ('in', 'out')),
  sender text collate "C" not null,
  control_id text collate "C",
  claim text collate "C",
  digest text collate "C" not null,
  type text not null,
  state text collate "C" not null,
  patient_id text collate "C" not null,
  fault jsonb,
  warnings jsonb not null,
  unmapped jsonb not null,
  attempts integer not null,
  received_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  raw bytea not null,
  ack text,
  primary key (tenant_id, message_id),
  unique (tenant_id, sender, claim)
);
alter table exchange_message alter column raw set storage external;
create index exchange_message_by_state on exchange_message (tenant_id, state, received_at, message_id);
create index exchange_message_by_digest on exchange_message (tenant_id, sender, digest);
create index exchange_message_by_time on exchange_message (tenant_id, received_at, message_id);
create index exchange_message_by_patient on exchange_message (tenant_id, patient_id);

-- scope: patient
create table derived_record (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  sealed bytea not null,
  primary key (tenant_id, patient_id),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);

-- scope: directory
create table exchange_code_map (
  tenant_id text collate "C" not null,
  sender text collate "C" not null,
  system text collate "C" not null,
  code text collate "C" not null,
  to_system text not null,
  to_code text not null,
  to_display text,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, sender, system, code)
);

-- scope: directory
create table exchange_sender (
  tenant_id text collate "C" not null,
  sender text collate "C" not null,
  utc_offset text,
  registers boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, sender)
);

-- scope: directory
create table exchange_destination (
  tenant_id text collate "C" not null,
  name text collate "C" not null,
  host text not null,
  port integer not null,
  tls boolean not null,
  application text not null,
  facility text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, name)
);
`
