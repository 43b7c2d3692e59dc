/**
 * Who may call: users, their sessions, registered programs, and what was issued to them. Secrets are digests or sealed;
 * nothing here opens anything for who reads the tables. Every row with an expiry is deleted some time after it.
 */
export const sql = `
-- scope: directory
create table login_user (
  tenant_id text collate "C" not null,
  user_id text collate "C" not null,
  name text not null,
  roles text[] not null,
  reference text,
  password text not null,
  must_change boolean not null,
  totp bytea,
  totp_on boolean not null default false,
  totp_step bigint not null default 0,
  failures integer not null default 0,
  locked_until timestamptz,
  disabled boolean not null default false,
  added_at timestamptz not null,
  added_by text not null,
  primary key (tenant_id, user_id)
);

-- scope: directory
create table login_session (
  tenant_id text collate "C" not null,
  token_digest text collate "C" not null,
  user_id text collate "C" not null,
  second_factor boolean not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, token_digest)
);
create index login_session_by_user on login_session (tenant_id, user_id);

-- scope: directory
create table login_client (
  tenant_id text collate "C" not null,
  client_id text collate "C" not null,
  name text not null,
  kind text not null check (kind in ('public', 'secret', 'key')),
  redirect_uris text[] not null,
  scopes text not null,
  roles text[] not null,
  launch_url text,
  secret_digest text,
  jwks jsonb,
  jwks_uri text,
  asks boolean not null,
  added_at timestamptz not null,
  added_by text not null,
  primary key (tenant_id, client_id)
);

-- scope: directory
create table login_cds_client (
  tenant_id text collate "C" not null,
  issuer text collate "C" not null,
  name text not null,
  jku text,
  jwks jsonb,
  ehr_tenants text[] not null,
  added_at timestamptz not null,
  added_by text not null,
  primary key (tenant_id, issuer)
);

-- scope: directory
create table login_artifact (
  tenant_id text collate "C" not null,
  kind text collate "C" not null,
  id_digest text collate "C" not null,
  grant_digest text collate "C",
  uid_digest text collate "C",
  user_id text collate "C",
  client_id text collate "C",
  payload jsonb not null,
  consumed_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, kind, id_digest)
);
create index login_artifact_by_grant on login_artifact (tenant_id, grant_digest);
create index login_artifact_by_uid on login_artifact (tenant_id, kind, uid_digest);
create index login_artifact_by_user on login_artifact (tenant_id, user_id);

-- scope: directory
create table login_used_token (
  tenant_id text collate "C" not null,
  issuer text collate "C" not null,
  token_digest text collate "C" not null,
  expires_at timestamptz not null,
  primary key (tenant_id, issuer, token_digest)
);

-- scope: directory
create table login_key (
  tenant_id text collate "C" not null,
  kid text collate "C" not null,
  purpose text not null,
  sealed bytea not null,
  made_at timestamptz not null,
  primary key (tenant_id, kid)
);
`
