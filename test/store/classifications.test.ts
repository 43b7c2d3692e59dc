import { onBothEngines } from './both-engines.ts'
import { classificationSuite } from './classification-suite.ts'

onBothEngines(classificationSuite)
