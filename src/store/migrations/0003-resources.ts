/**
 * FHIR resources: the newest version, those before it, and the values under which they are found. Scopes as in 0001;
 * patient_id '' is the tenant's own compartment.
 * Bodies, and the names by which a search sorts, are sealed. What is found by its value:
 *   token                      value = code (its digest where it identifies a person), qualifier = system
 *   string                     value = folded text, qualifier = the text itself
 *   string of an identity      digests of the prefixes of its words, and nothing else
 *   reference                  value = id, qualifier = type
 *   uri                        value
 *   date                       low and high: ms since the epoch, [low, high)
 *   number, quantity           low and high; qualifier = system and unit = code of a quantity's unit
 *   composite                  parts as text; value = code of the first; low and high of a part that is a range
 */
export const sql = `
-- scope: directory
create table resource_directory (
  tenant_id text collate "C" not null,
  type text collate "C" not null,
  id text collate "C" not null,
  patient_id text collate "C" not null,
  primary key (tenant_id, type, id)
);
create index resource_directory_by_patient on resource_directory (tenant_id, patient_id);

-- scope: patient
create table resource (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  last_updated timestamptz not null,
  by text not null,
  deleted boolean not null,
  labels text[] not null,
  codes text[] not null,
  names bytea,
  body bytea,
  primary key (tenant_id, patient_id, type, id)
);
alter table resource alter column body set storage external;
create index resource_by_id on resource (tenant_id, type, id);
create index resource_by_time on resource (tenant_id, type, last_updated, id);
create index resource_by_time_alone on resource (tenant_id, last_updated, type, id);

-- scope: patient
create table resource_version (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  type text collate "C" not null,
  id text collate "C" not null,
  version integer not null,
  last_updated timestamptz not null,
  by text not null,
  deleted boolean not null,
  labels text[] not null,
  codes text[] not null,
  body bytea,
  primary key (tenant_id, patient_id, type, id, version)
);
alter table resource_version alter column body set storage external;
create index resource_version_by_id on resource_version (tenant_id, type, id, version);
create index resource_version_by_time on resource_version (tenant_id, last_updated, type, id);

-- scope: patient
create table resource_index (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  type text collate "C" not null,
  id text collate "C" not null,
  ordinal integer not null,
  param text collate "C" not null,
  value text collate "C",
  qualifier text collate "C",
  low double precision,
  high double precision,
  unit text collate "C",
  digests bigint[],
  parts text[] collate "C",
  primary key (tenant_id, patient_id, type, id, ordinal)
);
create index resource_by_value on resource_index (tenant_id, type, param, value, qualifier, patient_id, id)
  where value is not null;
create index resource_by_range on resource_index (tenant_id, type, param, low, high, patient_id, id)
  where low is not null;
create index resource_by_digest on resource_index using gin (digests) with (fastupdate = off)
  where digests is not null;
create index resource_identity_params on resource_index (tenant_id, type, param) where digests is not null;
`
