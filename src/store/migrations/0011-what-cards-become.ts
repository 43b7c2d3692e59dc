/** What becomes of a card: to whom it was shown, whether it was held back, and what a site does not want to be shown. */
export const sql = `
alter table cds_card add column packs jsonb not null default '[]';
alter table cds_card add column shown_to text collate "C";
alter table cds_card add column content text collate "C";
alter table cds_card add column state text collate "C" not null default 'shown'
  check (state in ('shown', 'muted', 'below-threshold', 'duplicate'));
alter table cds_feedback add column override_code text;
update cds_feedback set override_code = override_reason ->> 'code';
create index cds_card_by_time on cds_card (tenant_id, issued_at);

-- scope: directory
create table cds_setting (
  tenant_id text collate "C" not null,
  subject text collate "C" not null check (subject in ('rule', 'pack', 'drug', 'gene', 'indicator')),
  value text collate "C" not null,
  service text collate "C" not null,
  even_critical boolean not null,
  valid_until timestamptz,
  reason text not null,
  set_at timestamptz not null,
  set_by text not null,
  primary key (tenant_id, subject, value, service)
);
`
