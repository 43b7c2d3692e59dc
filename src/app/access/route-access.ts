import type { AccessAction } from '../../safeguard/access/access-request.ts'

/** What a route of our own shows or changes. */
export interface RouteAccess {
  readonly action: AccessAction
  /** Kind of the access-policy pack. */
  readonly kind: string
  /** Of one person: what must be visible of them. genetic: results and advice rest on genetic data. */
  readonly shows?: 'person' | 'genetic'
}

/** Routes that tell nothing of anybody, or look after themselves: the caller's own session, why something is refused. */
const OPEN_TO_CALLERS = [
  '/api/session',
  '/api/session/password',
  '/api/session/second-factor',
  '/api/sessions',
  '/api/sessions/end',
  '/api/apps',
  '/api/launch',
  '/api/drugs',
  '/api/hpo',
  '/api/facts',
  '/api/access/why',
]

const ROUTES: Readonly<Record<string, RouteAccess>> = {
  'GET /api/patients': { action: 'search', kind: 'Patient' },
  'POST /api/patients': { action: 'create', kind: 'Patient' },
  'GET /api/patients/:id': { action: 'read', kind: 'Patient', shows: 'person' },
  'PATCH /api/patients/:id': { action: 'update', kind: 'Patient', shows: 'person' },
  'GET /api/patients/:id/access': { action: 'read', kind: 'AuditLog' },
  'GET /api/patients/:id/findings': { action: 'read', kind: 'Report', shows: 'genetic' },
  'GET /api/patients/:id/plan': { action: 'read', kind: 'Plan', shows: 'genetic' },
  'GET /api/patients/:id/plans': { action: 'read', kind: 'Plan', shows: 'genetic' },
  'GET /api/patients/:id/plans/:version': { action: 'read', kind: 'Plan', shows: 'genetic' },
  'GET /api/patients/:id/report.html': { action: 'read', kind: 'Report', shows: 'genetic' },
  'GET /api/patients/:id/report.pdf': { action: 'read', kind: 'Report', shows: 'genetic' },
  'GET /api/patients/:id/fhir': { action: 'read', kind: 'Report', shows: 'genetic' },
  'POST /api/patients/:id/files': { action: 'create', kind: 'Variants', shows: 'person' },
  'POST /api/patients/:id/drugs': { action: 'update', kind: 'MedicationStatement', shows: 'person' },
  'GET /api/patients/:id/features': { action: 'read', kind: 'Observation', shows: 'person' },
  'GET /api/patients/:id/diagnosis': { action: 'read', kind: 'Report', shows: 'person' },
  'GET /api/patients/:id/reanalysis': { action: 'read', kind: 'Flag', shows: 'person' },
  'PUT /api/patients/:id/reanalysis': { action: 'create', kind: 'Flag', shows: 'person' },
  'GET /api/patients/:id/trials': { action: 'read', kind: 'Plan', shows: 'genetic' },
  'GET /api/patients/:id/trials/watch': { action: 'read', kind: 'Flag', shows: 'person' },
  'PUT /api/patients/:id/trials/watch': { action: 'create', kind: 'Flag', shows: 'genetic' },
  'GET /api/patients/:id/tumor': { action: 'read', kind: 'Plan', shows: 'genetic' },
  'POST /api/patients/:id/tumor/files': { action: 'create', kind: 'Variants', shows: 'person' },
  'DELETE /api/patients/:id/tumor/files/:file': { action: 'update', kind: 'Variants', shows: 'genetic' },
  'GET /api/patients/:id/tumor/decisions': { action: 'read', kind: 'BoardDecision', shows: 'genetic' },
  'POST /api/patients/:id/tumor/decisions': { action: 'create', kind: 'BoardDecision', shows: 'genetic' },
  'PUT /api/patients/:id/tumor/decisions/:decision': {
    action: 'update',
    kind: 'BoardDecision',
    shows: 'genetic',
  },
  'POST /api/patients/:id/tumor/decisions/:decision/votes': {
    action: 'update',
    kind: 'BoardDecision',
    shows: 'genetic',
  },
  'GET /api/patients/:id/tumor/decisions/:decision/document': {
    action: 'read',
    kind: 'BoardDecision',
    shows: 'genetic',
  },
  'GET /api/trials': { action: 'search', kind: 'ResearchStudy' },
  'POST /api/trials': { action: 'create', kind: 'ResearchStudy' },
  'POST /api/patients/:id/features': { action: 'create', kind: 'Observation', shows: 'person' },
  'POST /api/patients/:id/try': { action: 'read', kind: 'Plan', shows: 'genetic' },
  'GET /api/documents/waiting': { action: 'search', kind: 'Variants' },
  'POST /api/patients/:id/documents': { action: 'create', kind: 'Variants', shows: 'person' },
  'GET /api/patients/:id/documents/:document': { action: 'read', kind: 'Report', shows: 'genetic' },
  'GET /api/patients/:id/proposals': { action: 'read', kind: 'Report', shows: 'genetic' },
  'POST /api/patients/:id/proposals': { action: 'create', kind: 'Variants', shows: 'genetic' },
  'GET /api/classifications': { action: 'search', kind: 'Classification' },
  'POST /api/classifications': { action: 'create', kind: 'Classification' },
  'POST /api/classifications/preview': { action: 'read', kind: 'Classification' },
  'GET /api/classifications/:classification': { action: 'read', kind: 'Classification' },
  'PUT /api/classifications/:classification': { action: 'update', kind: 'Classification' },
  'POST /api/classifications/:classification/sign': { action: 'create', kind: 'ClassificationSignature' },
  'GET /api/jobs/:id': { action: 'read', kind: 'Variants' },
  'GET /api/cds/settings': { action: 'read', kind: 'Setting' },
  'PUT /api/cds/settings': { action: 'update', kind: 'Setting' },
  'DELETE /api/cds/settings': { action: 'delete', kind: 'Setting' },
  'GET /api/cds/report': { action: 'read', kind: 'Setting' },
  'POST /cds-services/:id': { action: 'read', kind: 'Plan' },
  'POST /cds-services/:id/feedback': { action: 'read', kind: 'Plan' },
  'GET /api/access/break-glass': { action: 'review', kind: 'BreakGlass' },
  'POST /api/access/break-glass': { action: 'break-glass', kind: 'Patient' },
  'POST /api/access/break-glass/:grant/review': { action: 'review', kind: 'BreakGlass' },
}

/** What a route needs; false: nothing beyond a caller; undefined: nobody said, so that it is refused. */
export function routeAccess(method: string, url: string): RouteAccess | false | undefined {
  if (OPEN_TO_CALLERS.includes(url)) return false
  return ROUTES[`${method === 'HEAD' ? 'GET' : method} ${url}`]
}
