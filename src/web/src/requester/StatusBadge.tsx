import { Badge, type Tone } from '../ui/Card'
import type { JobStatus, TaskStage } from './gql/graphql'

export const statusNames: Record<JobStatus, string> = { DRAFT: 'Draft', OPEN: 'Open', PAUSED: 'Paused', CLOSING: 'Closing', CLOSED: 'Closed', CANCELLED: 'Given up' }
const tones: Record<JobStatus, Tone> = { DRAFT: 'neutral', OPEN: 'good', PAUSED: 'warning', CLOSING: 'warning', CLOSED: 'accent', CANCELLED: 'bad' }

export const StatusBadge = ({ status }: { status: JobStatus }) => <Badge tone={tones[status]}>{statusNames[status]}</Badge>

export const stageNames: Record<TaskStage, string> = { OPEN: 'Open', ESCALATED: 'Escalated', DECIDED: 'Decided', CLOSED: 'Without a label' }
const stageTones: Record<TaskStage, Tone> = { OPEN: 'neutral', ESCALATED: 'warning', DECIDED: 'good', CLOSED: 'bad' }

export const StageBadge = ({ stage }: { stage: TaskStage }) => <Badge tone={stageTones[stage]}>{stageNames[stage]}</Badge>

/** Where a job is best looked at: a draft is still written. */
export const jobAddress = (job: { id: string; status: JobStatus }) => (job.status === 'DRAFT' ? `/requester/jobs/${job.id}/edit` : `/requester/jobs/${job.id}`)
