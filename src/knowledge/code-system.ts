/** Whether the name or address of a system is that of ICD-10 or one of its national modifications. */
export function isIcd10(system: string): boolean {
  return /icd-?10(?!-?pcs)/i.test(system) || /2\.16\.840\.1\.113883\.6\.(?:3|90)$/.test(system)
}

export function isSnomed(system: string): boolean {
  return /snomed|^sct(?:id)?$/i.test(system) || /2\.16\.840\.1\.113883\.6\.96$/.test(system)
}
