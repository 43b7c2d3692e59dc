/**
 * Calls of whole genomes by place. Scopes as in 0001.
 * A genome has millions of calls: they stay in its file, and who carries a variant is found by the stretch of the genome
 * that it lies in. genome_stretch has the calls of one genome, later of many, in one stretch: named by a keyed digest of
 * its place, sealed under the tenant's own key, and told of numbers that only genome_reading leads back to a person. As
 * with variant_carriers, nothing of people who were removed can be found.
 * variant_reading.of_set names the set of the record that a reading is of, so that sets that are nowhere are found.
 */
export const sql = `
-- scope: patient
create table genome_reading (
  tenant_id text collate "C" not null,
  patient_id text collate "C" not null,
  reading text collate "C" not null,
  number bigint generated always as identity,
  assembly text collate "C" not null,
  calls integer not null,
  head bytea not null,
  primary key (tenant_id, patient_id, reading),
  foreign key (tenant_id, patient_id) references patient on delete cascade
);
create index genome_reading_by_number on genome_reading (tenant_id, number);

-- scope: directory
create table genome_stretch (
  tenant_id text collate "C" not null,
  stretch uuid not null,
  part bigint not null,
  level smallint not null,
  sealed bytea not null,
  primary key (tenant_id, stretch, part)
);

-- scope: directory
create table genome_retired (
  tenant_id text collate "C" not null,
  number bigint not null,
  primary key (tenant_id, number)
);

alter table variant_reading add column of_set text collate "C";
`
