import { useRouteError } from 'react-router'
import { Button } from '../ui/Button'

/** A page that broke. After an update of the server its old parts are gone; loading anew brings the new ones. */
export function PageError() {
  const error = useRouteError()
  return (
    <div className="empty" role="alert">
      <h1>This page broke</h1>
      <p>{error instanceof Error ? error.message : 'Something unexpected happened.'} What you answered is kept.</p>
      <Button kind="primary" onClick={() => location.reload()}>
        Load it again
      </Button>
    </div>
  )
}
