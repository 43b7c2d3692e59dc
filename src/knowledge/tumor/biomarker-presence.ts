/** Whether some part of the biomarker is something found, and not only something absent: "KRAS wild type AND NOT BRAF V600E". */
export function asksForPresence(biomarker: string): boolean {
  return biomarker
    .split(/ (?:AND|OR) /)
    .map((part) => part.replaceAll(/[()]/g, '').trim())
    .some((part) => !/^NOT |(wild type|negative|pMMR|MSS)$/.test(part))
}
