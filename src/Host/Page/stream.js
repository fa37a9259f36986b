const againAfter = 3000;

/**
 * Follows a stream of events for as long as the page is open. The browser itself comes back after a lost connection
 * and says what it heard last; only after a refusal (too many listeners, shutting down) does it give up, and is asked
 * to begin again.
 */
export function follow(path, told) {
  const source = new EventSource(path);
  source.addEventListener('open', () => told.connection(true));
  source.addEventListener('error', () => {
    told.connection(false);
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(path, told), againAfter);
    }
  });
  for (const name of ['reset', 'instance', 'status', 'progress', 'completed', 'failed', 'cancelled', 'removed']) {
    source.addEventListener(name, event => told[name](JSON.parse(event.data)));
  }
}
