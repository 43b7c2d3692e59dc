/** What leaves: bulk exports until they are fetched or expire, and on whose behalf subscribers are notified. Scopes as in 0001. */
export const sql = `
-- scope: directory
create table bulk_export (
  tenant_id text collate "C" not null,
  export_id text collate "C" not null,
  owner text collate "C" not null,
  request jsonb not null,
  files jsonb,
  transaction_time timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, export_id)
);

-- scope: directory
create table bulk_export_part (
  tenant_id text collate "C" not null,
  export_id text collate "C" not null,
  type text collate "C" not null,
  file integer not null,
  part integer not null,
  body bytea not null,
  primary key (tenant_id, export_id, type, file, part)
);
alter table bulk_export_part alter column body set storage external;

-- scope: directory
create table subscription_owner (
  tenant_id text collate "C" not null,
  subscription_id text collate "C" not null,
  caller jsonb not null,
  primary key (tenant_id, subscription_id)
);
`
