import * as z from 'zod'

/** The parts of a FHIR StructureDefinition that element tables are made of (R4, hl7.org/fhir/structuredefinition.html). */
const ElementDefinition = z.looseObject({
  id: z.string(),
  path: z.string(),
  sliceName: z.string().optional(),
  min: z.int().nonnegative().optional(),
  max: z.string().optional(),
  type: z
    .array(
      z.looseObject({
        code: z.string(),
        profile: z.array(z.string()).optional(),
        targetProfile: z.array(z.string()).optional(),
        extension: z.array(z.looseObject({ url: z.string(), valueUrl: z.string().optional() })).optional(),
      }),
    )
    .optional(),
  contentReference: z.string().optional(),
  binding: z
    .looseObject({
      strength: z.string(),
      valueSet: z.string().optional(),
      extension: z.array(z.looseObject({ url: z.string() })).optional(),
    })
    .optional(),
  slicing: z
    .looseObject({
      discriminator: z.array(z.looseObject({ type: z.string(), path: z.string() })).optional(),
      rules: z.string(),
      ordered: z.boolean().optional(),
    })
    .optional(),
  constraint: z
    .array(
      z.looseObject({
        key: z.string(),
        severity: z.string(),
        human: z.string(),
        expression: z.string().optional(),
      }),
    )
    .optional(),
  maxLength: z.int().optional(),
  isSummary: z.boolean().optional(),
  isModifier: z.boolean().optional(),
})
export type ElementDefinition = z.infer<typeof ElementDefinition>

export const StructureDefinition = z.looseObject({
  resourceType: z.literal('StructureDefinition'),
  id: z.string(),
  url: z.string(),
  version: z.string().optional(),
  title: z.string().optional(),
  name: z.string(),
  kind: z.string(),
  abstract: z.boolean(),
  type: z.string(),
  baseDefinition: z.string().optional(),
  derivation: z.string().optional(),
  context: z.array(z.looseObject({ type: z.string(), expression: z.string() })).optional(),
  snapshot: z.looseObject({ element: z.array(ElementDefinition) }).optional(),
})
export type StructureDefinition = z.infer<typeof StructureDefinition>
