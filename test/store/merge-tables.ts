/**
 * What a merge does with the rows of the retired person, table by table; a test holds the list complete.
 *   moved    become the survivor's
 *   derived  made anew from what moved
 *   removed  with the retired person, whose row and keys they are about
 *   stays    tells of the retired person and is kept under that id
 */
export const MERGE_TABLES: Readonly<Record<string, 'moved' | 'derived' | 'removed' | 'stays'>> = {
  patient: 'removed',
  patient_identifier: 'removed',
  archived_file: 'moved',
  genotype_set: 'moved',
  outside_call: 'moved',
  drug_use: 'moved',
  measurement: 'moved',
  event: 'stays',
  plan: 'moved',
  finding: 'moved',
  cds_feedback: 'moved',
  resource: 'moved',
  resource_version: 'moved',
  resource_index: 'derived',
  patient_key: 'removed',
  destroyed_key: 'stays',
  merged_key: 'moved',
  legal_hold: 'stays',
  consent_rule: 'derived',
  consent_provision: 'derived',
  break_glass: 'moved',
  derived_record: 'derived',
  upload: 'moved',
  variant_reading: 'moved',
  variant_delta: 'moved',
  genome_reading: 'moved',
  proposed_fact: 'moved',
  tumor_file: 'moved',
  board_decision: 'moved',
}
