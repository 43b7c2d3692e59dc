import type { Coding } from './resource.ts'

/**
 * A FHIR Consent as it is asked: every instant, code and actor in the form in which questions carry them.
 * Made when the Consent is written; the same value is evaluated in memory and kept as rows that queries join.
 */
export interface ConsentRule {
  /** Id of the Consent resource. */
  readonly id: string
  /** Only status "active" is obeyed. */
  readonly active: boolean
  /** Consent.dateTime, ms since the epoch; undefined: never said, older than any other. */
  readonly statedAt: number | undefined
  /** Codes of category and scope, "system|code". */
  readonly categories: readonly string[]
  readonly period: RulePeriod
  /** Root purposes, v3-ActReason codes; undefined: any. */
  readonly purposes: readonly string[] | undefined
  /** What Consent.policyRule says where it is one of the two base policies OPTIN and OPTOUT. */
  readonly policy: RuleType | undefined
  readonly root: Provision | undefined
  readonly nested: readonly Provision[]
  /** What of the Consent is obeyed more strictly than it was meant, or not at all; for the person who keeps consents. */
  readonly limits: readonly string[]
}

export type RuleType = 'permit' | 'deny'

/** ms since the epoch; undefined: open. */
export interface RulePeriod {
  readonly from: number | undefined
  /** First instant of what `end` names: of the day, when a day is named. */
  readonly lastBegins: number | undefined
  /** First instant after what `end` names. */
  readonly until: number | undefined
}

/** One provision. An undefined list sets no condition. */
export interface Provision {
  readonly type: RuleType | undefined
  /** 0: the root; 1: an exception to it; 2 and more: an exception within one. */
  readonly depth: number
  readonly period: RulePeriod
  /** References ("Organization/1"), identifiers and roles ("system|value"); "*": whoever it is, the Consent does not say it usably. */
  readonly actors: readonly string[] | undefined
  readonly purposes: readonly string[] | undefined
  /** Whether it is about seeing data (access, use, disclose); a provision about correcting alone is not. */
  readonly aboutReading: boolean
  readonly content: ProvisionContent | undefined
}

/** What data a provision is about, "system|code" each. */
export interface ProvisionContent {
  /** Labels, classes and codes as they were written: what a recipient is told to leave out. */
  readonly written: readonly Coding[]
  /** Resource types and profiles. */
  readonly classes: readonly string[]
  readonly labels: readonly string[]
  /**
   * With every label that counts as these: a denial of a confidentiality covers the higher ones, a permission the
   * lower ones (R4 Consent.provision.securityLabel: high water mark).
   */
  readonly labelsMeant: readonly string[]
  readonly codes: readonly string[]
  /** Single resources, "Observation/1". */
  readonly resources: readonly string[]
  /** Conditions that cannot be tested (data period, related data): a denial covers everything, a permission nothing. */
  readonly untestable: boolean
}

/**
 * How several consents and their exceptions are read.
 *
 * deny-overrides: a denial anywhere holds, whatever else was signed; an exception does what its type says; the last day
 *   of a period belongs to it (R4 Period); what is said of a purpose holds for its kinds. Adding a denial never shows more.
 * newest-wins: only the consent with the newest date counts; an exception without contents turns the base decision
 *   round, whatever its own type; a period ends as its last day begins; purposes and labels are compared as written.
 *   This is how the LEAP consent decision service answers.
 */
export type ConsentReading = 'deny-overrides' | 'newest-wins'
