import { formatSeconds, formatShare } from '../ui/format'
import type { AlertMeasure } from './gql/graphql'

interface Measure {
  name: string
  /** What the limit is, for the form. */
  limit: string
  floor?: boolean
  /** What one of the form's numbers is in the measure's unit. */
  unit: number
  usual: number
  format: (value: number) => string
}

const share = (value: number) => formatShare(value, 1)
const index = (value: number) => value.toFixed(2)

export const measures: Record<AlertMeasure, Measure> = {
  AUDIT_ACCURACY: { name: 'Accuracy in the audit sample', limit: 'Below, %', floor: true, unit: 0.01, usual: 95, format: share },
  DRIFT: { name: 'Fall of the agreement with people', limit: 'Above, %', unit: 0.01, usual: 10, format: share },
  SHIFT: { name: 'Stability index of the predictions', limit: 'Above', unit: 1, usual: 0.25, format: index },
  CALIBRATION_ERROR: { name: 'Calibration error', limit: 'Above, %', unit: 0.01, usual: 10, format: share },
  PARITY_GAP: { name: 'Gap between groups', limit: 'Above, %', unit: 0.01, usual: 20, format: share },
  HELD_SECONDS: { name: 'Age of held decisions', limit: 'Older than, minutes', unit: 60, usual: 60, format: formatSeconds },
  SELF_CONSISTENCY: { name: 'Consistency with oneself', limit: 'Below, %', floor: true, unit: 0.01, usual: 80, format: share },
}
