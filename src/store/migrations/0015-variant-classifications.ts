/**
 * What a laboratory holds of a variant, version by version. Scopes as in 0001.
 * It is about no person: bodies are sealed under the tenant's own key, and the variant is named by the keyed digest that
 * variant_carriers has, so that the table alone does not tell which variants a site has seen.
 * A version is never changed: a draft saved again is a new version, and so is an amendment of a signed one.
 */
export const sql = `
-- scope: directory
create table variant_classification (
  tenant_id text collate "C" not null,
  classification_id text collate "C" not null,
  variant uuid not null,
  condition text collate "C" not null,
  version integer not null,
  signed_version integer,
  subject bytea not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, classification_id),
  unique (tenant_id, variant, condition)
);
create index variant_classification_by_change on variant_classification (tenant_id, changed_at desc, classification_id);

-- scope: directory
create table variant_classification_version (
  tenant_id text collate "C" not null,
  classification_id text collate "C" not null,
  version integer not null,
  state text collate "C" not null check (state in ('draft', 'signed', 'amended')),
  class text collate "C" not null,
  body bytea not null,
  saved_at timestamptz not null,
  saved_by text collate "C" not null,
  primary key (tenant_id, classification_id, version)
);
`
