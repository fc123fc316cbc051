import { isAdministrator, isQualityManager, type Me } from '../session/me'

export interface Destination {
  to: string
  label: string
  /** Only this address itself is the current one, not those below it. */
  end?: boolean
}

export interface Area {
  name: string
  destinations: Destination[]
}

/** What the person may go to, by role; somebody may have several. */
export function areasOf(me: Me): Area[] {
  const areas: Area[] = []
  if (me.worker)
    areas.push({
      name: 'Work',
      destinations: [
        { to: '/work', label: 'Find work', end: true },
        { to: '/work/qualifications', label: 'Qualifications' },
        { to: '/work/answers', label: 'My answers' },
        { to: '/work/earnings', label: 'Earnings' },
      ],
    })
  if (me.organisations.length > 0)
    areas.push({
      name: 'Requester',
      destinations: [
        { to: '/requester', label: 'Jobs', end: true },
        { to: '/requester/new', label: 'New job' },
        { to: '/requester/exams', label: 'Exams' },
        { to: '/requester/funds', label: 'Funds' },
        { to: '/requester/organisation', label: 'Organisation' },
      ],
    })
  if (isQualityManager(me))
    areas.push({
      name: 'Quality',
      destinations: [
        { to: '/quality', label: 'Queue', end: true },
        { to: '/quality/workers', label: 'Workers' },
        { to: '/quality/appeals', label: 'Appeals' },
        { to: '/quality/problems', label: 'Problems' },
        { to: '/quality/gold', label: 'Gold' },
        { to: '/quality/exams', label: 'Exams' },
        { to: '/quality/reports', label: 'Reports' },
        { to: '/quality/audit', label: 'Audit trail' },
        ...(isAdministrator(me) ? [{ to: '/quality/platform', label: 'Platform' }] : []),
      ],
    })
  return areas
}

/** Where the person begins. */
export const homeOf = (me: Me) => areasOf(me)[0]?.destinations[0]?.to ?? '/account'
