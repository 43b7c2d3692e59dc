import { onBothEngines } from './both-engines.ts'
import { resourceSuite } from './resource-suite.ts'

onBothEngines(resourceSuite)
