/** The drugs of a fixed combination as labels name it: "niraparib and abiraterone"; of any other drug, itself. */
export function partsOf(drug: string): readonly string[] {
  return drug.split(/, | and /)
}
