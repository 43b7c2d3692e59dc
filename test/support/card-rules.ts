import * as z from 'zod'

/**
 * What CDS Hooks 2.0 (https://cds-hooks.hl7.org/2.0/) asks of a service's answers, written from the standard and not
 * from the server: objects are strict, so that a misspelled attribute fails, and nothing may be null or empty.
 */
const text = z.string().min(1)
const absolute = z.url({ protocol: /^https?$/ })
const coding = z.strictObject({ code: text, system: text.optional(), display: text.optional() })
const source = z.strictObject({
  label: text,
  url: absolute.optional(),
  icon: absolute.optional(),
  topic: coding.optional(),
})

const action = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('create'),
    description: text,
    resource: z.looseObject({ resourceType: text }),
  }),
  z.strictObject({
    type: z.literal('update'),
    description: text,
    resource: z.looseObject({ resourceType: text, id: text }),
  }),
  z.strictObject({
    type: z.literal('delete'),
    description: text,
    resourceId: z.string().regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/),
  }),
])
const suggestion = z.strictObject({
  label: text,
  uuid: z.guid(),
  isRecommended: z.boolean().optional(),
  actions: z.array(action).min(1).optional(),
})
const link = z
  .strictObject({
    label: text,
    url: absolute,
    type: z.enum(['absolute', 'smart']),
    appContext: text.optional(),
    autolaunchable: z.boolean().optional(),
  })
  .refine((one) => one.appContext === undefined || one.type === 'smart', 'appContext belongs to smart links')

export const CardRules = z
  .strictObject({
    uuid: z.guid(),
    summary: z
      .string()
      .min(1)
      .refine((one) => [...one].length < 140, 'a summary is shorter than 140 characters'),
    detail: text.optional(),
    indicator: z.enum(['info', 'warning', 'critical']),
    source,
    suggestions: z.array(suggestion).min(1).optional(),
    selectionBehavior: z.enum(['at-most-one', 'any']).optional(),
    overrideReasons: z
      .array(z.strictObject({ code: text, system: text, display: text }))
      .min(1)
      .optional(),
    links: z.array(link).min(1).optional(),
  })
  .refine(
    (card) => card.suggestions === undefined || card.selectionBehavior !== undefined,
    'suggestions need a selectionBehavior',
  )
  .refine(
    (card) =>
      card.selectionBehavior === 'any' ||
      (card.suggestions ?? []).filter((one) => one.isRecommended === true).length <= 1,
    'at most one suggestion is recommended when at most one may be chosen',
  )

export const ResponseRules = z
  .strictObject({ cards: z.array(CardRules) })
  .refine(
    (one) => new Set(one.cards.map((card) => card.uuid)).size === one.cards.length,
    'card ids are unique',
  )

/** Tokens of prefetch templates: root fields of the context, or one of the standard's user identifiers. */
const token =
  /\{\{(?:context\.[A-Za-z]+|userPractitionerId|userPractitionerRoleId|userPatientId|userRelatedPersonId)\}\}/g
const template = text.refine(
  (one) => !/[{}]/.test(one.replace(token, 'x')),
  'a template has only root primitives of the context as tokens',
)

export const DiscoveryRules = z
  .strictObject({
    services: z.array(
      z.strictObject({
        hook: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
        id: z.string().regex(/^[A-Za-z0-9._~-]+$/),
        description: text,
        title: text.optional(),
        prefetch: z.record(text, template).optional(),
        usageRequirements: text.optional(),
      }),
    ),
  })
  .refine(
    (one) => new Set(one.services.map((its) => its.id)).size === one.services.length,
    'service ids are unique',
  )
