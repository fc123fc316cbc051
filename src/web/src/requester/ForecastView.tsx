import { keepPreviousData } from '@tanstack/react-query'
import { useApiQuery } from '../api/hooks'
import { formatAbout, formatCount, formatShare } from '../ui/format'
import { Loaded } from '../ui/States'
import { graphql } from './gql'

const ForecastOperation = graphql(`
  query Forecast($job: ID!, $tasks: Int) {
    job(id: $job) {
      forecast(tasks: $tasks) {
        basis
        taskCount
        pilotTasks
        mostCostMicros
        answersPerTask {
          low
          expected
          high
        }
        answerCount {
          low
          expected
          high
        }
        costMicros {
          low
          expected
          high
        }
        accuracy {
          low
          expected
          high
        }
      }
    }
  }
`)

const one = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

/** What the tasks are expected to take, with bounds. */
export function ForecastView({ job, tasks, currency }: { job: string; tasks: number | null; currency: string }) {
  const query = useApiQuery(ForecastOperation, { job, tasks }, { placeholderData: keepPreviousData })
  return (
    <Loaded query={query} lines={2}>
      {({ job: { forecast } }) => (
        <>
          <dl className="facts">
            <div>
              <dt>Cost</dt>
              <dd>
                <strong>{formatAbout(forecast.costMicros.expected, currency)}</strong>
                <small className="muted">
                  {formatAbout(forecast.costMicros.low, currency)} to {formatAbout(forecast.costMicros.high, currency)}
                </small>
              </dd>
            </div>
            <div>
              <dt>Answers</dt>
              <dd>
                {formatCount(Math.round(forecast.answerCount.expected))}
                <small className="muted">
                  {one.format(forecast.answersPerTask.expected)} a task ({one.format(forecast.answersPerTask.low)} to {one.format(forecast.answersPerTask.high)})
                </small>
              </dd>
            </div>
            {forecast.accuracy && (
              <div>
                <dt>Right labels</dt>
                <dd>
                  {formatShare(forecast.accuracy.expected, 1)}
                  <small className="muted">
                    {formatShare(forecast.accuracy.low, 1)} to {formatShare(forecast.accuracy.high, 1)}
                  </small>
                </dd>
              </div>
            )}
            <div>
              <dt>At most</dt>
              <dd>{formatAbout(forecast.mostCostMicros, currency)}</dd>
            </div>
          </dl>
          <p className="muted">
            {forecast.basis === 'PILOT'
              ? `From the ${formatCount(forecast.pilotTasks)} tasks that are decided already; the bounds hold in 95 of 100 cases.`
              : forecast.accuracy
                ? 'Assumes workers who are right in 80 % of their answers; the bounds are for 65 % and 95 %. Open with a few tasks first, and the forecast rests on what they took.'
                : 'From the least and the most answers alone: open with a few tasks first, and the forecast rests on what they took.'}
          </p>
        </>
      )}
    </Loaded>
  )
}
